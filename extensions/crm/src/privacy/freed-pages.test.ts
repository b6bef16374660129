import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex from 'knex';
import { afterEach, describe, expect, it } from 'vitest';
import { overwriteFreedPages } from './freed-pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'crm-freed-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What still stands in the file of numbers that were changed into masks, row by row. */
async function leftBehind(name: string, isTold: boolean): Promise<number> {
  const filename = join(folder, name);
  const database = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });
  if (isTold) overwriteFreedPages(database);
  await database.raw('PRAGMA synchronous = OFF');
  await database.raw('CREATE TABLE rows (id INTEGER PRIMARY KEY, phone TEXT)');
  const numberOf = (id: number) => `1390000${String(id).padStart(4, '0')}`;
  for (let id = 0; id < 80; id += 1) {
    await database('rows').insert({ id, phone: numberOf(id) });
    await database('rows').where({ id }).update({ phone: 'm' });
  }
  // A connection that was lost is opened anew.
  await database.destroy();
  database.initialize();
  await database.raw('PRAGMA synchronous = OFF');
  for (let id = 80; id < 160; id += 1) {
    await database('rows').insert({ id, phone: numberOf(id) });
    await database('rows').where({ id }).delete();
  }
  await database.destroy();
  const stands = readFileSync(filename, 'latin1');
  return Array.from({ length: 160 }, (_, id) => numberOf(id)).filter((number) => stands.includes(number)).length;
}

describe('SEC-1: SQLite lets go of what was changed', () => {
  it('where it is told so, on every connection; by itself it does not', async () => {
    expect(await leftBehind('told.db', true)).toBe(0);
    expect(await leftBehind('untold.db', false)).toBeGreaterThan(0);
  });
});
