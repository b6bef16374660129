import { randomBytes, randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { guessMapping } from '../../../extensions/crm/src/imports/rules/guess-mapping.ts';
import { judgeRow } from '../../../extensions/crm/src/imports/rules/judge-row.ts';
import { rowReader } from '../../../extensions/crm/src/imports/rules/read-row.ts';
import { IMPORT_ROWS, IMPORTS, openPart, stageLine, type StagedContent } from '../../../extensions/crm/src/imports/staging.ts';
import { readKeyring } from '../../../extensions/crm/src/platform/api/keyring.ts';
import { newSubject } from '../../../extensions/crm/src/privacy/index.ts';
import { fieldWords } from '../../../schema-snapshots/words.ts';
import type { PersonName, World } from './world.ts';

const CELLS = ['某某有限公司', '李雷', '13800131234'];

/** Who sees an import, that only the server writes it, and that its staging tells nothing. */
export function importsSuite(world: () => World): void {
  const id = randomUUID();
  const reading = readKeyring(`k:${randomBytes(32).toString('base64')}`);
  if (!reading.accepted) throw new Error(reading.reason.reason);
  const subject = newSubject(reading.value, IMPORTS, id, new Date()).subject;

  beforeAll(async () => {
    const { host, segment, id: people } = world();
    const place = { segment: segment.a, owner: people.repA1 };
    await host.database(IMPORTS).insert({ id, file_name: '客户.xlsx', kind: 'customers', file_hash: 'f'.repeat(64), ...place });
    const plan = guessMapping('customers', ['客户名称', '联系人', '手机'], fieldWords());
    const read = rowReader({ kind: 'customers', plan, words: fieldWords(), now: new Date(), timeZone: 'Asia/Shanghai' })({
      line: 2,
      cells: CELLS,
    });
    const verdict = judgeRow({ line: 2, faults: read.faults, matches: [] });
    await host
      .database(IMPORT_ROWS)
      .insert(stageLine(reading.value, subject, { kind: 'customers', segment: segment.a }, { read, cells: CELLS, verdict }));
  });

  test('IMP-1, ORG-2: a rep sees own imports, a head and an admin those of the segment, group staff all', async () => {
    const sees = async (who: PersonName) =>
      (await world().as[who].request<{ data: object[] }>('GET', `/items/crm_imports?fields=id,file_name&filter[id][_eq]=${id}`)).body.data
        .length;
    for (const who of ['repA1', 'headA', 'adminA', 'exec', 'sysadmin'] as const) expect([who, await sees(who)]).toEqual([who, 1]);
    for (const who of ['repA2', 'repB', 'adminB', 'lostRep'] as const) expect([who, await sees(who)]).toEqual([who, 0]);
  });

  test('SEC-1: the staged line tells nothing to whoever reads the database, and nobody reads it by an API', async () => {
    const { database } = world().host;
    const row = await database(IMPORT_ROWS).where({ import: id }).first();
    expect(JSON.stringify(row)).not.toMatch(/13800131234|李雷|某某/u);
    const opened = openPart<StagedContent>(subject, String(row.id), 'content', String(row.content));
    expect(opened).toMatchObject({ accepted: true, value: { cells: CELLS } });
    for (const who of ['repA1', 'adminA', 'sysadmin'] as const)
      expect((await world().as[who].request('GET', '/items/crm_import_rows')).status).toBe(403);
    const { text } = await world().root.request('GET', '/items/crm_import_rows?fields=*');
    expect(text).not.toContain(String(row.content));
  });

  test('N6: only the server writes an import, its staging and its journal', async () => {
    const { database } = world().host;
    const standing = async () =>
      [await database(IMPORTS).where({ id }).first(), await database(IMPORT_ROWS).where({ import: id })] as const;
    const before = await standing();
    const row = String(before[1][0].id);
    for (const client of [world().root, world().as.sysadmin, world().as.repA1]) {
      const tries = [
        await client.request('PATCH', `/items/crm_imports/${id}`, { status: 'imported', rows_done: 9 }),
        await client.request('DELETE', `/items/crm_imports/${id}`),
        await client.request('POST', '/items/crm_imports', {
          file_name: 'x.csv',
          file_hash: 'x',
          segment: world().segment.a,
          owner: world().id.repA1,
        }),
        await client.request('PATCH', `/items/crm_import_rows/${row}`, { state: 'undone' }),
        await client.request('DELETE', '/items/crm_import_rows', [row]),
        await client.request('POST', '/items/crm_import_rows', { import: id, line: 3 }),
      ];
      expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403));
    }
    expect(await standing()).toEqual(before);
  });
}
