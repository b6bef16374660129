import { describe, expect, test } from 'vitest';
import type { Knex } from '../../../extensions/crm/src/platform/api/host.ts';
import { importedLines } from '../../../extensions/crm/src/imports/check/find-imported.ts';
import type { OpenLine, Work } from '../../../extensions/crm/src/imports/commit/import-record.ts';
import { nextLinesOf } from '../../../extensions/crm/src/imports/commit/open-lines.ts';
import { leadingLines } from '../../../extensions/crm/src/imports/commit/write-joining.ts';
import type { Stage } from '../customers/stage.ts';
import { csv, deskOf } from './desk.ts';
import { ended } from './planted.ts';

const LINES = 1500;
const CHUNK = 200;
const STRETCH = 1000;

interface Asked {
  sql: string;
  bindings: unknown[];
}
interface Step {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Relation Name'?: string;
  Plans?: Step[];
}
interface Connection {
  query(text: string, values: unknown[]): Promise<{ rows: { 'QUERY PLAN': { Plan: Step }[] }[] }>;
}

const readBy = (step: Step): number =>
  (step['Relation Name'] ? (step['Actual Rows'] + (step['Rows Removed by Filter'] ?? 0)) * step['Actual Loops'] : 0) +
  (step.Plans ?? []).reduce((sum, one) => sum + readBy(one), 0);

/** How many rows PostgreSQL goes through for what `work` asks it. */
async function rowsRead(database: Knex, work: () => Promise<unknown>): Promise<number> {
  const asked: Asked[] = [];
  const note = (one: Asked) => asked.push(one);
  database.on('query', note);
  await work();
  database.removeListener('query', note);
  const connection: Connection = await database.client.acquireConnection();
  try {
    let rows = 0;
    for (const { sql, bindings } of asked) {
      const answer = await connection.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, bindings);
      rows += readBy(answer.rows[0]!['QUERY PLAN'][0]!.Plan);
    }
    return rows;
  } finally {
    await database.client.releaseConnection(connection);
  }
}

/** So many that reading the whole table is never cheaper than by the keys of a chunk. */
const MANY = 20_000;

/** Many lines of another import beside those of `beside`; says whose they are. */
async function crowded({ world }: Stage, beside: string): Promise<string> {
  const { database } = world.host;
  const other = await deskOf(world.as.headA).bring(csv(['客户名称'], ['旁人有限公司']), { name: '旁人.csv', segment: world.segment.a });
  await database.raw(
    `INSERT INTO crm_import_rows SELECT (jsonb_populate_record(one, jsonb_build_object(
       'id', gen_random_uuid(), 'import', ?::text, 'line', n + 1, 'row_key', md5(n::text), 'company_line', null))).*
     FROM crm_import_rows AS one, generate_series(2, ?::int) AS n WHERE one.import = ? AND one.line = 2`,
    [other.id, MANY, beside],
  );
  return other.id;
}

/** What a chunk costs the database, however long the file is. */
export function plansOfImports(stage: () => Stage, db: 'sqlite' | 'pg'): void {
  if (db !== 'pg') return;
  describe('the plans of the database', () => {
    test('B7: a chunk reads its own lines and not the whole import, on tables that were empty a minute ago', async () => {
      const { world } = stage();
      const { database } = world.host;
      const knows = async (table: string, column: string) =>
        Number((await database('pg_stats').where({ tablename: table, attname: column }).first('n_distinct'))?.n_distinct ?? 0);
      // Every tenth line is another contact of the company before it.
      const rows = Array.from({ length: LINES }, (_, at) => [
        `计划${at % 10 ? at : Math.max(at - 1, 0)}有限公司`,
        `人${at}`,
        `138${String(at).padStart(8, '0')}`,
      ]);
      const { id, counts } = await deskOf(world.as.headA).bring(csv(['客户名称', '联系人', '手机'], ...rows), {
        name: '计划.csv',
        segment: world.segment.a,
      });
      expect(counts).toMatchObject({ total: LINES, new: LINES });
      expect(await knows('crm_import_rows', 'row_key')).toBeLessThan(0);

      const others = await crowded(stage(), id);
      const staged = await nextLinesOf(database, id, { most: CHUNK, from: 2 });
      expect(staged).toHaveLength(CHUNK);
      const work = { database, record: { id, kind: 'customers' } } as unknown as Work;
      const lines = staged.map((line) => ({ staged: line })) as OpenLine[];
      const read = {
        next: await rowsRead(database, () => nextLinesOf(database, id, { most: CHUNK, from: 2 })),
        last: await rowsRead(database, () => nextLinesOf(database, id, { most: CHUNK, from: LINES - CHUNK })),
        leading: await rowsRead(database, () => leadingLines(work, lines)),
        imported: await rowsRead(database, () =>
          importedLines(
            database,
            staged.flatMap((line) => line.row_key ?? []),
          ),
        ),
      };
      // The next ones are looked for among a stretch of lines, which a plan may read whole: that is no part of a long file.
      const most = { next: STRETCH + CHUNK, last: STRETCH + CHUNK, leading: 2 * CHUNK, imported: 2 * CHUNK };
      for (const [what, count] of Object.entries(read))
        expect([what, count < most[what as keyof typeof most], count]).toEqual([what, true, count]);
      await database('crm_import_rows').where({ import: others }).delete();

      expect((await world.as.headA.request('POST', `/crm/imports/${id}/commit`, {})).status).toBeLessThan(300);
      await ended(world, id);
      expect((await deskOf(world.as.headA).view(id)).body).toMatchObject({ status: 'imported', counts: { done: LINES } });
      expect(await knows('crm_customers', 'name')).toBeLessThan(0);
      await world.as.headA.request('POST', `/crm/imports/${id}/undo`);
      await ended(world, id);
      expect(await database('crm_customers').where('name', 'like', '计划%').pluck('id')).toEqual([]);
    });
  });
}
