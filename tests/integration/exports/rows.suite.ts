import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { PersonName, World } from '../access/world.ts';
import { deskOf } from '../imports/desk.ts';
import { cellsOf, counterOf } from './counter.ts';

/** Which rows and fields somebody takes out, in which order, and that an import takes them back. */
export function rowsSuite(world: () => World): void {
  const counter = (who: PersonName) => counterOf(world().as[who]);
  const tag = `导出${randomUUID().slice(0, 6)}`;
  const ids: string[] = [];

  /** The table of an export below its watermark. */
  async function taken(who: PersonName, body: object = {}): Promise<string[][]> {
    const made = await counter(who).take(body);
    const { bytes } = await counter(who).fetchFile(made.id, world().host.url);
    const cells = await cellsOf(bytes, made.file_name);
    return made.file_name.endsWith('.csv') ? cells.slice(1) : cells;
  }
  const names = async (who: PersonName, body: object = {}): Promise<string[]> => {
    const [head, ...rows] = await taken(who, { fields: ['name'], ...body });
    expect(head).toHaveLength(1);
    return rows.map(([name]) => name!);
  };
  const ours = { name: { _starts_with: tag } };

  beforeAll(async () => {
    const { create } = world();
    const region = (await world().host.database('crm_regions').where({ level: 'city' }).first('id')).id;
    const industry = (await world().host.database('crm_industries').where({ level: 'division' }).first('id')).id;
    const made = [
      await create('repA1', 'crm_customers', {
        name: `${tag}甲有限公司`,
        needs: '=1+1\n第二行',
        annual_revenue: '120000.50',
        employees: 9,
        region,
        industry,
        class: 'key',
        last_verified_on: '2026-11-01',
        address: '+市中区',
      }),
      await create('repA1', 'crm_customers', { name: `${tag}乙有限公司`, employees: 10, needs: '@联系 "引号"，逗号' }),
      await create('repA2', 'crm_customers', { name: `${tag}丙有限公司`, employees: 100 }),
      await create('repB', 'crm_customers', { name: `${tag}丁有限公司` }),
    ];
    ids.push(...made.map(({ id }) => id));
    await create('repA1', 'crm_contacts', { customer: ids[0], name: '李雷', phone: '13811112222' });
  });

  test('ORG-2: everybody takes out the rows that a list would show, and no other', async () => {
    const sees = async (who: PersonName) =>
      (await names(who, { filter: ours })).map((name) => name.slice(tag.length, tag.length + 1)).sort();
    expect(await sees('repA1')).toEqual(['乙', '甲']);
    expect(await sees('repA2')).toEqual(['丙']);
    expect(await sees('adminA')).toEqual(['丙', '乙', '甲']);
    expect(await sees('headA')).toEqual(['丙', '乙', '甲']);
    for (const who of ['exec', 'sysadmin'] as const) expect(await sees(who)).toEqual(['丁', '丙', '乙', '甲']);
    for (const who of ['repC', 'lostRep', 'lostHead'] as const)
      expect([who, await counter(who).why({ filter: ours })]).toEqual([who, [400, 'no_rows']]);
    expect((await counterOf(world().host.anonymous).ask({})).status).toBe(403);
  });

  test('ORG-2: rows of others that are named one by one are as if they were not there', async () => {
    expect(await names('repA1', { ids })).toEqual([`${tag}甲有限公司`, `${tag}乙有限公司`]);
    expect(await names('repA1', { ids: [ids[1], ids[0], ids[1]] })).toEqual([`${tag}乙有限公司`, `${tag}甲有限公司`]);
    const foreign = await counter('repA1').ask({ ids: [ids[3]] });
    const absent = await counter('repA1').ask({ ids: [randomUUID()] });
    expect([foreign.status, foreign.text]).toEqual([400, absent.text]);
  });

  test('SEC-1, F16: sealed values are masks, in the cells and to compare with; ciphers and indexes are nobody’s', async () => {
    const contacts = { collection: 'crm_contacts', filter: { customer: ours } };
    for (const format of ['csv', 'xlsx', 'json'] as const)
      for (const who of ['repA1', 'sysadmin'] as const) {
        const made = await counter(who).take({ ...contacts, format });
        const { bytes } = await counter(who).fetchFile(made.id, world().host.url);
        const text = format === 'xlsx' ? JSON.stringify(await cellsOf(bytes, made.file_name)) : bytes.toString();
        expect([format, text.includes('138****2222'), text.includes('13811112222')]).toEqual([format, true, false]);
        expect(text).not.toMatch(/_sealed|_index/u);
      }
    for (const fields of [['phone_sealed'], ['phone_index'], ['no_such_field'], ['contacts'], ['owner.email']])
      expect([fields, (await counter('repA1').why({ filter: ours, fields }))[0]]).toEqual([fields, 403]);
    for (const filter of [{ phone_index: { _nnull: true } }, { phone_sealed: { _contains: 'a' } }])
      expect((await counter('sysadmin').why({ filter }))[0]).toBe(403);
    const found = { collection: 'crm_contacts', search: '13811112222' };
    expect(await names('repA1', found)).toEqual(['李雷']);
    expect(await counter('repA2').why(found)).toEqual([400, 'no_rows']);
  });

  test('ORG-2: the guard judges the question of an export as that of a list', async () => {
    const steps = [
      { filter: { owner: { email: { _contains: 'a' } } } },
      { filter: { parent: { name: { _contains: 'a' } } } },
      { filter: { 'count(subsidiaries)': { _gt: 1 } } },
      { filter: { id: { _eq: 'x' } } },
      { filter: { id: { _contains: 'a' } } },
      { filter: { employees: { _gt: 'many' } } },
    ];
    for (const body of steps) {
      const exported = await counter('repA1').ask(body);
      const listed = await world().as.repA1.request(
        'GET',
        `/items/crm_customers?filter=${encodeURIComponent(JSON.stringify(body.filter))}`,
      );
      expect([body, exported.status, exported.text]).toEqual([body, listed.status, listed.text]);
      expect(exported.status).toBeGreaterThanOrEqual(400);
    }
    expect((await counter('repA1').why({ filter: { name: { _eq: {} } } }))[0]).toBe(400);
    expect(
      (await counter('repA1').why({ filter: { a: { b: { c: { d: { e: { f: { g: { h: { i: { j: { k: 1 } } } } } } } } } } } }))[0],
    ).toBe(400);
    for (const sort of ['year(date_created)', 'contacts.activities.notes', '-contacts.name', 'tags.tag.name'])
      expect([sort, await counter('repA1').why({ filter: ours, sort: [sort] })]).toEqual([sort, [400, 'bad_sort']]);
    expect((await counter('repA1').why({ filter: ours, sort: ['no_such_field'] }))[0]).toBe(403);
    expect((await counter('repA1').why({ filter: ours, sort: ['phone_index'] }))[0]).toBe(403);
  });

  test('variables of the host work as in a list', async () => {
    const mine = { _and: [ours, { owner: { _eq: '$CURRENT_USER' } }, { date_created: { _lt: '$NOW(+1 day)' } }] };
    expect((await names('adminA', { filter: ours })).length).toBe(3);
    expect(await counter('adminA').why({ filter: mine })).toEqual([400, 'no_rows']);
    expect((await names('repA2', { filter: mine })).length).toBe(1);
  });

  test('IMP-5: the order is the list’s, numbers by size, the newest first where none is named', async () => {
    expect(await names('adminA', { filter: ours, sort: ['-employees'] })).toEqual(
      ['丙', '乙', '甲'].map((name) => `${tag}${name}有限公司`),
    );
    expect(await names('adminA', { filter: ours, sort: ['owner.first_name', 'employees'] })).toEqual(
      ['甲', '乙', '丙'].map((name) => `${tag}${name}有限公司`),
    );
    expect((await names('adminA', { filter: ours }))[0]).toBe(`${tag}丙有限公司`);
  });

  describe.each(['csv', 'xlsx'] as const)('%s', (format) => {
    test('IMP-2, IMP-5, F21: an export comes back through the import, every row found again', async () => {
      const made = await counter('repA1').take({ filter: ours, format });
      const { bytes } = await counter('repA1').fetchFile(made.id, world().host.url);
      const view = await deskOf(world().as.repA1).bring(bytes, { name: made.file_name });
      const { rows } = await deskOf(world().as.repA1).rows(view.id);
      expect(rows.map(({ verdict, faults, matched_by, match }) => [verdict, faults, matched_by, match?.id])).toEqual([
        ['update', [], 'name', ids[1]],
        ['update', [], 'name', ids[0]],
      ]);
      expect(view.counts).toMatchObject({ total: 2, new: 0, update: 2, error: 0 });
      expect(view.columns.filter(({ ignored }) => ignored === 'not_a_field' || ignored === 'segment')).toEqual([]);
    });

    test('F32: an export of somebody who sees several segments comes back too; where it names two, the segment is asked about', async () => {
      const { host, as } = world();
      const fetched = async (who: PersonName, filter: object) => {
        const made = await counter(who).take({ filter, format });
        return { made, bytes: (await counter(who).fetchFile(made.id, host.url)).bytes };
      };
      const own = await fetched('headA', ours);
      const desk = deskOf(as.headA);
      const view = await desk.bring(own.bytes, { name: own.made.file_name, segment: 't-a' });
      expect(view.columns.filter(({ ignored }) => ignored === 'own_segment').map(({ header }) => header)).toEqual(['版块 (segment)']);
      expect(view.counts).toMatchObject({ total: 3, update: 3, error: 0 });
      const all = await fetched('sysadmin', ours);
      const mixed = await deskOf(as.sysadmin).bring(all.bytes, { name: all.made.file_name, segment: 't-a' });
      expect(mixed.counts).toMatchObject({ total: 4, error: 4 });
    });

    test('F21: nothing in it runs, choices and headings are in the user’s language', async () => {
      const [head, ...rows] = await taken('repA1', { filter: ours, format, sort: ['employees'] });
      const column = (name: string) => head!.findIndex((heading) => heading.endsWith(`(${name})`));
      expect(head![column('name')]).toBe('客户名称 (name)');
      const cell = (name: string) => rows[0]![column(name)]!;
      expect([cell('class'), cell('last_verified_on'), cell('employees'), cell('annual_revenue')]).toEqual([
        '重点',
        '2026-11-01',
        '9',
        '120000.5',
      ]);
      expect(cell('owner')).toBe('repA1');
      expect(cell('date_created')).toMatch(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\+08:00$/u);
      expect([cell('needs'), cell('address')]).toEqual(format === 'csv' ? ["'=1+1\n第二行", "'+市中区"] : ['=1+1\n第二行', '+市中区']);
      expect(rows[1]![column('needs')]).toContain('@联系 "引号"，逗号');
    });
  });

  test('IMP-5: in English, and an import finds it again in either language', async () => {
    const { host, id } = world();
    await host.database('directus_users').where({ id: id.repA1 }).update({ language: 'en-US' });
    const made = await counter('repA1').take({ filter: ours, format: 'xlsx' });
    const { bytes } = await counter('repA1').fetchFile(made.id, host.url);
    const { body } = await counter('repA1').ask({ reason: '' });
    await host.database('directus_users').where({ id: id.repA1 }).update({ language: 'zh-CN' });
    const [head, ...rows] = await cellsOf(bytes, made.file_name);
    expect(made.file_name).toMatch(/^Customers \d{4}-\d{2}-\d{2}\.xlsx$/u);
    expect(head).toEqual(expect.arrayContaining(['Customer name (name)', 'Class (class)', 'Owner (owner)']));
    expect(rows.map((cells) => cells[head!.indexOf('Class (class)')])).toEqual(['Potential', 'Key']);
    expect(body.errors![0]!.message).toContain('Say what the export is for');
    const view = await deskOf(world().as.repA1).bring(bytes, { name: made.file_name });
    expect(view.counts).toMatchObject({ total: 2, update: 2, error: 0 });
  });

  test('a field that the administrator added is a column for those who were granted it, under its own label', async () => {
    const { as, root, host } = world();
    const label = [{ language: 'zh-CN', translation: '=自有' }];
    const field = { field: 'own_note', type: 'string', schema: {}, meta: { translations: label } };
    expect((await root.request('POST', '/fields/crm_customers', field)).status).toBe(200);
    await host.database('crm_customers').where({ id: ids[0] }).update({ own_note: '@自有值' });
    const grant = {
      collection: 'crm_customers',
      field: 'own_note',
      role: 'sales_rep',
      can_read: true,
      can_create: false,
      can_update: false,
    };
    expect((await as.sysadmin.request('PUT', '/crm/field-grants', grant)).status).toBe(200);
    const rows = await taken('repA1', { ids: [ids[0]], fields: ['name', 'own_note'] });
    expect(rows).toEqual([
      ['客户名称 (name)', "'=自有 (own_note)"],
      [`${tag}甲有限公司`, "'@自有值"],
    ]);
    expect((await taken('repA1', { ids: [ids[0]] }))[0]).toContain("'=自有 (own_note)");
    expect((await counter('adminA').why({ ids: [ids[0]], fields: ['own_note'] }))[0]).toBe(403);

    // Taken away again: a file with the column goes to nobody, one without it still does (SEC-1).
    const [held, plain] = [
      await counter('repA1').take({ ids: [ids[0]], fields: ['own_note'] }),
      await counter('repA1').take({ ids: [ids[0]], fields: ['name', 'owner', 'tags'] }),
    ];
    expect((await counter('repA1').fetchFile(held.id, host.url)).status).toBe(200);
    expect((await as.sysadmin.request('PUT', '/crm/field-grants', { ...grant, can_read: false })).status).toBe(200);
    const refused = await counter('repA1').fetchFile(held.id, host.url);
    expect([refused.status, refused.bytes.toString()]).toEqual([410, expect.stringContaining('您现在不能再看的列')]);
    expect((await counter('repA1').fetchFile(plain.id, host.url)).status).toBe(200);
  });
}
