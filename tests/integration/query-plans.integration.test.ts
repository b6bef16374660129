/**
 * B1: every list that the Studio shows first is read through an index, for every role. The host itself says which SQL it ran
 * (its trace log); PostgreSQL says how it runs it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillBulk, type BulkPerson } from '../../bench/bulk-data.ts';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { startHost, type TestHost } from '../harness/host.ts';

const ROWS = 60_000;
const LISTS: Record<string, string[]> = {
  crm_customers: ['name', '-last_activity_at', '-completeness', '-date_created'],
  crm_activities: ['due_on', '-date_created'],
};

/** The last list query on `collection` in the host's trace: its SQL with the values put in. */
function lastQuery(log: string, collection: string): string {
  const lines = log.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const { msg } = JSON.parse(line) as { msg?: string };
    return /^\[[\d.?]+ms\] select/.test(msg ?? '') && msg!.includes(`from "${collection}"`) && msg!.includes('order by') ? [msg!] : [];
  });
  const line = lines.at(-1);
  if (!line) throw new Error(`the host ran no list query on ${collection}`);
  const start = line.indexOf('select');
  const end = line.lastIndexOf(' [');
  const values = line.slice(end + 2, -1).split(', ');
  return line.slice(start, end).replace(/\$(\d+)/g, (_whole, n: string) => {
    const value = values[Number(n) - 1]!;
    return /^\d+$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`;
  });
}

describe('B1: list queries and their plans', { timeout: 300_000 }, () => {
  let host: TestHost;
  let people: BulkPerson[];

  beforeAll(async () => {
    host = await startHost({ db: 'pg', env: { LOG_LEVEL: 'trace' } });
    const { password } = await host.database('directus_users').where({ email: DEMO_ADMIN }).first('password');
    people = await fillBulk(host.database, { rows: ROWS, passwordHash: password });
  });
  afterAll(async () => host?.stop());

  it('all five roles are looked at', () => {
    expect(new Set(people.map(({ role }) => role)).size).toBe(5);
  });

  it.each(Object.entries(LISTS).flatMap(([collection, sorts]) => sorts.map((sort) => [collection, sort] as const)))(
    '%s sorted by %s reads an index for every role',
    async (collection, sort) => {
      for (const { email, role } of people) {
        const client = await host.login(email, DEMO_PASSWORD);
        const { status } = await client.request('GET', `/items/${collection}?fields=id&limit=25&sort=${sort}`);
        expect(status).toBe(200);
        const sql = lastQuery(host.logs(), collection);
        const { rows } = await host.database.raw(`EXPLAIN ${sql}`);
        const plan = (rows as Record<string, string>[]).map((row) => row['QUERY PLAN']).join('\n');
        expect(plan, `${role}: ${sql}`).toMatch(/Index/);
        expect(plan, `${role}: ${sql}`).not.toMatch(new RegExp(`Seq Scan on "?${collection}`));
      }
    },
  );
});
