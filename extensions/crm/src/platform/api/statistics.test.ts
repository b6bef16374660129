import { expect, test } from 'vitest';
import type { Knex } from './host.ts';
import { informPlanner } from './statistics.ts';

function told(client: string, fault?: Error) {
  const asked: string[] = [];
  const database = {
    client: { config: { client } },
    ref: (name: string) => ({ toQuery: () => `"${name}"` }),
    raw: (sql: string) => (asked.push(sql), fault ? Promise.reject(fault) : Promise.resolve()),
  } as unknown as Knex;
  return { asked, inform: informPlanner(database, { lines: ['import', 'line'] }) };
}

test('B7: the planner looks at 1,000, 4,000, 16,000 rows and at the end, and not at every chunk', async () => {
  const { asked, inform } = told('pg');
  const at: number[] = [];
  for (let rows = 200; rows <= 20_000; rows += 200) {
    const before = asked.length;
    await inform(rows, rows === 20_000);
    if (asked.length > before) at.push(rows);
  }
  await inform(20_000, true);
  expect(at).toEqual([1000, 4000, 16_000, 20_000]);
  expect(asked[0]).toBe('ANALYZE (SKIP_LOCKED) "lines" ("import", "line")');
});

test('B7: small imports, SQLite and a database that refuses to look are left alone', async () => {
  const small = told('pg');
  await small.inform(999, true);
  const sqlite = told('sqlite3');
  await sqlite.inform(50_000, true);
  expect([small.asked, sqlite.asked]).toEqual([[], []]);
  await expect(told('pg', new Error('no right')).inform(5000)).resolves.toBeUndefined();
});
