import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { PersonName, World } from '../access/world.ts';
import { cellsOf, counterOf } from './counter.ts';

const EXPORTS = 'crm_exports';

interface LogEntry {
  segment: string | null;
  item: string | null;
  after: { export: string; rows: number; ids: number | null } | null;
}

/** What is kept of an export, for how long, who gets it, and what ends one. */
export function keepingSuite(world: () => World): void {
  const counter = (who: PersonName) => counterOf(world().as[who]);
  const tag = `留存${randomUUID().slice(0, 6)}`;
  const ours = { name: { _starts_with: tag } };
  const folder = () => join(world().host.dataDir, 'exports');

  beforeAll(async () => {
    await world().create('repA1', 'crm_customers', { name: `${tag}甲有限公司`, phone: '13955556666' });
    await world().create('repA1', 'crm_customers', { name: `${tag}乙有限公司` });
  });

  test('SEC-3, SEC-5: the row, the key of the file and the entry in the log stand together, without a value that was looked for', async () => {
    const { database } = world().host;
    const made = await counter('repA1').take({ filter: ours, search: tag, reason: ' 给 13955556666 核对\u202E \n 名单 ', sort: ['name'] });
    expect(made).toMatchObject({ rows: 2, file_name: expect.stringMatching(/^客户 \d{4}-\d{2}-\d{2}\.csv$/u) });
    expect(Date.parse(made.expires_at) - Date.now()).toBeGreaterThan(23.9 * 3_600_000);
    const row = await database(EXPORTS).where({ id: made.id }).first();
    expect(row).toMatchObject({
      collection: 'crm_customers',
      format: 'csv',
      rows_total: 2,
      reason: '给 139****6666 核对 名单',
      owner: world().id.repA1,
    });
    expect(row.segment).toBe(world().segment.a);
    expect(JSON.stringify(row)).not.toContain(tag);
    expect(row).toMatchObject({ status: 'done', rows_done: 2, fault: null });
    expect(await database('crm_subject_keys').where({ collection: EXPORTS, item: made.id })).toHaveLength(1);
    const entries = await database('crm_audit').whereIn('action', ['export', 'create']).andWhere({ user: world().id.repA1 });
    const told = entries.find(({ action, after }) => action === 'export' && JSON.stringify(after).includes(made.id));
    expect(told).toMatchObject({ collection: 'crm_customers', segment: world().segment.a, reason: '给 139****6666 核对 名单' });
    expect(JSON.stringify(told)).not.toContain(tag);
    expect(entries.some(({ action, collection, item }) => action === 'create' && collection === EXPORTS && item === made.id)).toBe(true);
  });

  test('SEC-5, IMP-5: every copy says who took it out, when, what for and how many rows', async () => {
    for (const format of ['csv', 'xlsx', 'json'] as const) {
      const made = await counter('repA1').take({ filter: ours, format, reason: '=拜访前核对' });
      const { bytes, headers } = await counter('repA1').fetchFile(made.id, world().host.url);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-disposition')).toContain(encodeURIComponent(made.file_name));
      expect(Number(headers.get('content-length'))).toBe(bytes.length);
      const text =
        format === 'xlsx'
          ? JSON.stringify(await cellsOf(bytes, made.file_name, '导出说明'))
          : bytes
              .toString()
              .split('\n')
              .slice(format === 'csv' ? 0 : -2)
              .join('');
      expect([format, text]).toEqual([format, expect.stringContaining('repa1@example.com')]);
      for (const part of ['=拜访前核对', made.id, '2']) expect(text).toContain(part);
    }
  });

  test('F14: the file is its maker’s alone; for others, heads and administrators too, there is none', async () => {
    const made = await counter('repA1').take({ filter: ours });
    const absent = await counter('sysadmin').fetchFile(randomUUID(), world().host.url);
    for (const who of ['repA2', 'repB', 'adminA', 'headA', 'exec', 'sysadmin'] as const) {
      const { status, bytes } = await counter(who).fetchFile(made.id, world().host.url);
      expect([who, status, bytes.toString()]).toEqual([who, 404, absent.bytes.toString()]);
    }
    for (const id of ['x', '..%2F..', `${made.id}%00`]) expect((await counter('repA1').fetchFile(id, world().host.url)).status).toBe(404);
    expect((await counter('repA1').fetchFile(made.id, world().host.url)).status).toBe(200);
    const { body } = await world().as.repA1.request('GET', '/crm/exports?limit=1');
    expect(body.exports[0]).toMatchObject({ id: made.id, rows: 2, available: true, collection: 'crm_customers' });
    expect((await world().as.repA2.request('GET', '/crm/exports')).body.exports.some(({ id }: { id: string }) => id === made.id)).toBe(
      false,
    );
    const fetched = await world().host.database('crm_audit').where({ action: 'download', item: made.id });
    expect(fetched).toHaveLength(1);
  });

  test('IMP-5, ORG-2: of an export read its maker, head and admin of the segment and group staff; nobody writes it', async () => {
    const { id } = await counter('repA1').take({ filter: ours });
    const sees = async (who: PersonName) =>
      (await world().as[who].request('GET', `/items/${EXPORTS}?fields=id,reason,rows_total&filter[id][_eq]=${id}`)).body.data.length;
    for (const who of ['repA1', 'headA', 'adminA', 'exec', 'sysadmin'] as const) expect([who, await sees(who)]).toEqual([who, 1]);
    for (const who of ['repA2', 'repB', 'adminB', 'lostRep'] as const) expect([who, await sees(who)]).toEqual([who, 0]);
    for (const client of [world().root, world().as.sysadmin, world().as.repA1]) {
      expect((await client.request('PATCH', `/items/${EXPORTS}/${id}`, { reason: 'x' })).status).toBe(403);
      expect((await client.request('DELETE', `/items/${EXPORTS}/${id}`)).status).toBe(403);
    }
  });

  test('SEC-1: on the disk nothing can be read, and a file that was exchanged is none', async () => {
    const made = await counter('repA1').take({ filter: ours });
    const place = (id: string) => join(folder(), id, 'upload');
    const stored = readFileSync(place(made.id));
    expect(stored.toString('utf8')).not.toContain(tag);
    const other = await counter('repA1').take({ filter: ours });
    writeFileSync(place(made.id), readFileSync(place(other.id)));
    expect((await counter('repA1').fetchFile(made.id, world().host.url)).status).toBe(410);
    stored[30]! ^= 1;
    writeFileSync(place(made.id), stored);
    expect((await counter('repA1').fetchFile(made.id, world().host.url)).status).toBe(410);
    expect((await counter('repA1').fetchFile(other.id, world().host.url)).status).toBe(200);
  });

  test('SEC-5: a reason is needed, the shape is judged, and only business tables leave', async () => {
    const why = counter('repA1').why;
    expect(await why({ reason: '' })).toEqual([400, 'reason_needed']);
    for (const reason of [' x ', '\u200B\u200B', '\u3164\u3164', '--', '😀'])
      expect([reason, await why({ reason })]).toEqual([reason, [400, 'reason_needed']]);
    for (const body of [
      { reason: undefined },
      { format: 'xml' },
      { more: 1 },
      { ids: ['x'] },
      { ids: [] },
      { fields: [] },
      { filter: [] },
      { sort: 'name' },
    ])
      expect([body, await why(body)]).toEqual([body, [400, 'bad_value']]);
    expect(await why({ ids: [randomUUID()], filter: ours })).toEqual([400, 'ids_or_query']);
    for (const collection of ['directus_users', 'crm_audit', EXPORTS, 'crm_import_rows', 'crm_subject_keys', '__proto__', 'nothing'])
      expect([collection, await why({ collection })]).toEqual([collection, [400, 'unknown_collection']]);
    const { body } = await counter('repA1').ask({ reason: '' });
    expect(body.errors![0]!.message).toContain('请写明导出原因');
  });

  test('F14, threats P4: the host’s own ways out stay closed', async () => {
    for (const who of ['repA1', 'sysadmin'] as const) {
      for (const format of ['csv', 'csv_utf8', 'json', 'xml', 'yaml'])
        expect((await world().as[who].request('GET', `/items/crm_customers?export=${format}`)).status).toBe(403);
      const body = { query: { fields: ['*'] }, format: 'csv', file: {} };
      expect((await world().as[who].request('POST', '/utils/export/crm_customers', body)).status).toBe(403);
    }
  });

  test('SEC-3, ORG-2: each segment’s log tells how many of its own rows left, whoever took them, and of no other’s', async () => {
    const { host, segment, create } = world();
    for (const name of ['丙', '戊']) await create('repC', 'crm_customers', { name: `${tag}${name}有限公司` });
    await create('repB', 'crm_customers', { name: `${tag}丁有限公司` });
    const entries = async (who: PersonName, action = 'export') => {
      const { body } = await world().as[who].request<{ data?: LogEntry[] }>(
        'GET',
        `/items/crm_audit?limit=200&sort=-at&filter[action][_eq]=${action}&fields=segment,after,item`,
      );
      return body.data ?? [];
    };
    const seen = async (who: PersonName, id: string) =>
      (await entries(who)).flatMap(({ segment: of, after }) => (after?.export === id ? [[of, after.rows, after.ids]] : []));

    const byHead = await counter('headA').take({ filter: ours, reason: '两个版块' });
    expect(byHead.rows).toBe(4);
    const all = [
      [segment.a, 2, null],
      [segment.c, 2, null],
    ].sort();
    expect((await seen('sysadmin', byHead.id)).sort()).toEqual(all);
    expect(await seen('adminA', byHead.id)).toEqual([[segment.a, 2, null]]);
    for (const who of ['adminB', 'headB', 'repA1', 'repC'] as const) expect([who, await seen(who, byHead.id)]).toEqual([who, []]);
    // The row itself counts them all, so it is not for those of one segment.
    const row = `/items/${EXPORTS}?fields=id&filter[id][_eq]=${byHead.id}`;
    for (const [who, count] of [
      ['adminA', 0],
      ['adminB', 0],
      ['repA1', 0],
      ['exec', 1],
      ['sysadmin', 1],
    ] as const)
      expect([who, (await world().as[who].request('GET', row)).body.data.length]).toEqual([who, count]);
    const known = await world().as.adminA.request('GET', `/items/crm_audit?limit=-1&filter[item][_eq]=${byHead.id}`);
    expect(known.body.data).toEqual([]);
    await counter('headA').fetchFile(byHead.id, host.url);
    expect((await entries('adminA', 'download')).filter(({ item }) => item === byHead.id)).toEqual([
      expect.objectContaining({ segment: segment.a, after: null }),
    ]);

    const ids: string[] = await host.database('crm_customers').whereLike('name', `${tag}%`).pluck('id');
    const byExec = await counter('exec').take({ ids });
    expect(byExec.rows).toBe(5);
    expect(await seen('adminA', byExec.id)).toEqual([[segment.a, 2, 2]]);
    expect(await seen('adminB', byExec.id)).toEqual([[segment.b, 1, 1]]);
    expect((await seen('sysadmin', byExec.id)).map(([of]) => of).sort()).toEqual([segment.a, segment.b, segment.c].sort());
    expect((await host.database(EXPORTS).where({ id: byExec.id }).first('segment')).segment).toBe(segment.pool);
  });
}
