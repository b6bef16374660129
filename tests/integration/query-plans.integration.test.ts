/**
 * B1: every list that the Studio shows first is read through an index, for every role. The host itself says which SQL it ran
 * (its trace log); PostgreSQL says how it runs it.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillBulk, fillDeals, type BulkPerson } from '../../bench/bulk-data.ts';
import { DEMO_ADMIN, DEMO_PASSWORD } from '../../bin/lib/settings.mjs';
import { nextEntries } from '../../extensions/crm/src/audit/seal.ts';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { ROLE_IDS, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { presetRows } from '../../seed/experience/presets.ts';
import { startHost, type TestHost } from '../harness/host.ts';

const ROLES = Object.keys(ROLE_IDS) as RoleName[];

const ROWS = 60_000;

interface ListQuery {
  collection: string;
  sort: string;
  filter: object | null;
}

/** The lists that a role's default views and bookmarks ask for, and two that its people sort by next. */
function listsOf(role: RoleName): ListQuery[] {
  const stored = presetRows(role).flatMap(({ collection, layout, layout_query, filter }) => {
    if (layout !== 'tabular' || COLLECTIONS[String(collection)]?.tenancy !== 'owned') return [];
    const { tabular } = layout_query as { tabular: { sort: string[] } };
    return [{ collection: String(collection), sort: tabular.sort[0]!, filter: filter ?? null }];
  });
  const bySort = ['name', '-completeness'].map((sort) => ({ collection: 'crm_customers', sort, filter: null }));
  return [...stored, ...bySort];
}

/** The list queries on `collection` in the host's trace so far; its last line may be cut. */
const queriesOn = (log: string, collection: string): string[] =>
  log
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      if (!line.startsWith('{"level"')) return [];
      const { msg } = JSON.parse(line) as { msg?: string };
      return /^\[[\d.?]+ms\] select/.test(msg ?? '') && msg!.includes(`from "${collection}"`) && msg!.includes('order by') ? [msg!] : [];
    });

/** A list query's SQL with the values put in. */
function sqlOf(line: string): string {
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
    await fillDeals(host.database, ROWS);
  });
  afterAll(async () => host?.stop());

  it('all five roles are looked at', () => {
    expect(new Set(people.map(({ role }) => role)).size).toBe(5);
  });

  it.each(ROLES)('B1: every list of a %s reads an index', async (role) => {
    const client = await host.login(people.find((person) => person.role === role)!.email, DEMO_PASSWORD);
    const lists = listsOf(role);
    expect(new Set(lists.map(({ collection }) => collection)).size).toBeGreaterThanOrEqual(7);
    for (const { collection, sort, filter } of lists) {
      const asked = filter ? `&filter=${encodeURIComponent(JSON.stringify(filter))}` : '';
      const { status, text } = await client.request('GET', `/items/${collection}?fields=id&limit=25&sort=${sort}${asked}`);
      expect(status, text).toBe(200);
      // The trace may come after the answer; the host's output is kept for a while only, so it is not counted.
      const sorted = `"${sort.replace('-', '')}"`;
      await expect.poll(() => queriesOn(host.logs(), collection).at(-1) ?? '', { timeout: 10_000 }).toContain(sorted);
      const sql = sqlOf(queriesOn(host.logs(), collection).at(-1)!);
      const { rows } = await host.database.raw(`EXPLAIN ${sql}`);
      const plan = (rows as Record<string, string>[]).map((row) => row['QUERY PLAN']).join('\n');
      expect.soft(plan, sql).toMatch(/Index/);
      expect.soft(plan, sql).not.toMatch(new RegExp(`Seq Scan on "?${collection}`));
    }
  });

  it('B6, SEC-3: entries that wait for their block are read in the order of an index, however many wait', async () => {
    const transaction = await host.database.transaction();
    try {
      await transaction.raw(
        `INSERT INTO crm_audit (id, at, action, collection, item, nth, origin)
         SELECT gen_random_uuid(), now() - n * interval '1 second', 'update', 'crm_customers', gen_random_uuid(), 1, 'job' FROM generate_series(1, 20000) AS n`,
      );
      await transaction.raw('ANALYZE crm_audit');
      const { rows } = await transaction.raw(`EXPLAIN ${nextEntries(transaction).toQuery()}`);
      const plan = (rows as Record<string, string>[]).map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).toMatch(/Index Scan using \S*block/u);
      expect(plan).not.toMatch(/Sort/u);
    } finally {
      await transaction.rollback();
    }
  });
});
