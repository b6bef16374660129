import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { IMPORT_ROWS, IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { policyIdOf } from '../../../seed/access/identities.ts';
import type { PersonName } from '../access/world.ts';
import type { Stage } from '../customers/stage.ts';
import { csv, deskOf } from './desk.ts';
import { committed, plantImport, type Line } from './planted.ts';

/** Who commits what, and what is looked at again at that moment. */
export function decisionsOnImports(stage: () => Stage): void {
  describe('what of an import is written', () => {
    const plant = (who: PersonName, lines: Line[], names = new Map<string, string>(), segment: 'a' | 'b' = 'a') =>
      plantImport(stage().world, { kind: 'customers', who, segment: stage().world.segment[segment], names, lines });
    const statesOf = async (id: string) => {
      const rows = await stage().world.host.database(IMPORT_ROWS).where({ import: id }).orderBy('line').select('verdict', 'state');
      return rows.map(({ verdict, state }) => `${verdict} ${state}`);
    };
    const reasonOf = (answer: { body: { errors: { extensions: { reason?: string } }[] } }) => answer.body.errors[0]!.extensions.reason;
    const commit = (id: string, who: PersonName, body: unknown = {}) =>
      stage().world.as[who].request('POST', `/crm/imports/${id}/commit`, body);

    test('DQ-5: suspects are left out unless somebody says new, or which row is meant; lines with errors never go in', async () => {
      const { world, enter } = stage();
      const known = await enter({ name: '疑似原有有限公司' });
      const suspect = { suspects: [{ id: known, by: 'phone' as const, name: 'x' }] };
      const id = await plant('headA', [
        { cells: { 客户名称: '疑似一有限公司' }, ...suspect },
        { cells: { 客户名称: '疑似二有限公司' }, ...suspect },
        { cells: { 客户名称: '疑似三有限公司', 地址: '新地址' }, ...suspect },
        { cells: { 客户名称: '有误有限公司' }, faulty: true },
        { cells: { 客户名称: '不要有限公司' } },
        { cells: { 客户名称: '要的有限公司' } },
      ]);
      expect(reasonOf(await commit(id, 'headA', { lines: { 5: 'new' } }))).toBe('unknown_line');
      expect(reasonOf(await commit(id, 'headA', { lines: { 99: 'skip' } }))).toBe('unknown_line');
      expect(reasonOf(await commit(id, 'headA', { lines: { 2: known, 3: known } }))).toBe('chosen_twice');
      const foreign = await world.create('repB', 'crm_customers', { name: '别处有限公司' });
      expect(reasonOf(await commit(id, 'headA', { lines: { 4: foreign.id } }))).toBe('not_that_row');
      for (const lines of [{ __proto__x: 'new' }, { '-1': 'new' }, { 2: 'x' }])
        expect(reasonOf(await commit(id, 'headA', { lines }))).toBe('bad_request');

      const done = await committed(world, id, 'headA', { lines: { 3: 'new', 4: known, 6: 'skip' } });
      expect(await statesOf(id)).toEqual(['suspect staged', 'new done', 'update done', 'error staged', 'new skipped', 'new done']);
      expect([done['rows_done'], done['rows_new'], done['rows_updated'], done['rows_suspect'], done['rows_faulty']]).toEqual([
        3, 3, 1, 1, 1,
      ]);
      expect(await stage().customer(known)).toMatchObject({ name: '疑似三有限公司', address: '新地址' });
      await committed(world, id, 'headA', { suspects: 'new' });
      expect((await statesOf(id))[0]).toBe('new done');
      expect(reasonOf(await commit(id, 'headA'))).toBe('nothing_to_import');
    });

    test('F5, CUS-6: what changed since the dry run becomes a fault of the line, or a suspicion', async () => {
      const { world, enter, tag } = stage();
      const { database } = world.host;
      const lost = await world.create('repA2', 'crm_customers', { name: '已换人有限公司' });
      const own = await enter({ name: '仍是我的有限公司' });
      const id = await plant(
        'repA1',
        [
          { cells: { 客户名称: '已换人有限公司', 地址: '一' }, updates: lost.id },
          { cells: { 客户名称: '仍是我的有限公司', 地址: '二' }, updates: own },
          { cells: { 客户名称: '停用标签有限公司', 标签: '标签' } },
          { cells: { 客户名称: '后来录入有限公司' } },
          { cells: { 客户名称: '归他人有限公司', 负责人: 'other' } },
        ],
        new Map([
          ['标签', tag],
          ['other', world.id.repA2],
        ]),
      );
      await enter({ name: '后来录入有限公司' });
      await database('crm_tags').where({ id: tag }).update({ active: false });
      const done = await committed(world, id, 'repA1');
      await database('crm_tags').where({ id: tag }).update({ active: true });
      expect(await statesOf(id)).toEqual(['error staged', 'update done', 'error staged', 'suspect staged', 'error staged']);
      expect([done['rows_done'], done['rows_faulty'], done['rows_suspect']]).toEqual([1, 3, 1]);
      expect((await stage().customer(lost.id))['address']).toBeNull();
    });

    test('F33: a line that the database refuses leaves all others alone', async () => {
      const lines = Array.from({ length: 60 }, (_, number): Line => ({ cells: { 客户名称: `毒${number}有限公司` } }));
      lines[17] = { ...lines[17]!, spoilt: { region: randomUUID() } };
      lines[41] = { ...lines[41]!, spoilt: { industry: randomUUID() } };
      const id = await plant('headA', lines);
      const done = await committed(stage().world, id, 'headA');
      expect([done['status'], done['rows_done'], done['rows_faulty'], done['sample_state']]).toEqual(['imported', 58, 2, 'waiting']);
      const states = await statesOf(id);
      expect([states[17], states[41], new Set(states).size]).toEqual(['error staged', 'error staged', 2]);
    });

    test('ORG-11: what a form refuses by the stored rights an import does not write', async () => {
      const { database } = stage().world.host;
      const right = { collection: 'crm_customers', action: 'create', policy: policyIdOf('sales_rep') };
      const { fields } = await database('directus_permissions').where(right).first('fields');
      const narrowed = String(fields)
        .split(',')
        .filter((field) => field !== 'grade')
        .join(',');
      await database('directus_permissions').where(right).update({ fields: narrowed });
      const id = await plant('repA1', [
        { cells: { 客户名称: '有等级有限公司', 客户等级: 'A' } },
        { cells: { 客户名称: '无等级有限公司' } },
      ]);
      await committed(stage().world, id, 'repA1');
      await database('directus_permissions').where(right).update({ fields });
      expect(await statesOf(id)).toEqual(['error staged', 'new done']);
      // A contact that stands is updated, an owner is changed: the rights to do that are asked for.
      const { world } = stage();
      const customer = (await world.create('repA1', 'crm_customers', { name: '改权有限公司' })).id;
      await world.create('repA1', 'crm_contacts', { customer, name: '甲' });
      const other = (await world.create('repA1', 'crm_customers', { name: '改属有限公司' })).id;
      const update = (collection: string) =>
        database('directus_permissions').where({ collection, action: 'update', policy: policyIdOf('segment_head') });
      const [contacts, customers] = [await update('crm_contacts').first('fields'), await update('crm_customers').first('fields')];
      await update('crm_contacts').update({ fields: 'name,phone' });
      await update('crm_customers').update({ fields: 'name' });
      const later = await plant(
        'headA',
        [
          { cells: { 客户名称: '改权有限公司', 联系人: '甲', 职务: '经理' }, updates: customer },
          { cells: { 客户名称: '改属有限公司', 负责人: 'other' }, updates: other },
        ],
        new Map([['other', world.id.repA2]]),
      );
      await committed(world, later, 'headA');
      await update('crm_contacts').update(contacts);
      await update('crm_customers').update(customers);
      expect(await statesOf(later)).toEqual(['error staged', 'error staged']);
    });

    test('SEC-1, DQ-5: an exported table of contacts comes back: masks change nothing, other numbers are asked about', async () => {
      const { world, enter } = stage();
      const { database } = world.host;
      const company = '回导有限公司';
      const customer = await enter({ name: company });
      const contact = async (name: string, phone: string) =>
        (await world.create('repA1', 'crm_contacts', { customer, name, phone, wechat: 'zhang3' })).id;
      const [same, other] = [await contact('甲', '13800131234'), await contact('乙', '13800135678')];
      const desk = deskOf(world.as.repA1);
      const columns = ['客户', '姓名', '手机', '微信', '职务'];
      const { id } = await desk.bring(
        csv(
          columns,
          [company, '甲', '138****1234', 'z***3', '经理'],
          [company, '乙', '13900139999', 'z***3', '经理'],
          [company, '丙', '138****1234', '', ''],
        ),
        { kind: 'contacts' },
      );
      expect(
        (await desk.rows(id)).rows.map(({ verdict, matched_by, suspects, faults }) => [
          verdict,
          matched_by,
          suspects.length,
          faults.map((one) => one.reason),
        ]),
      ).toEqual([
        ['update', 'name', 0, []],
        ['suspect', null, 1, []],
        ['error', null, 0, ['masked']],
      ]);
      expect(await committed(world, id, 'repA1')).toMatchObject({ status: 'imported', rows_done: 1, rows_suspect: 1, rows_faulty: 1 });
      expect(await openSealed(database, 'crm_contacts', same, 'phone')).toBe('13800131234');
      expect(await openSealed(database, 'crm_contacts', same, 'wechat')).toBe('zhang3');
      expect((await world.row('crm_contacts', same))['position']).toBe('经理');
      // Chosen over the stored one it is written; chosen as new the mask says nothing.
      expect(await committed(world, id, 'repA1', { lines: { 3: other } })).toMatchObject({ rows_done: 2 });
      expect(await openSealed(database, 'crm_contacts', other, 'phone')).toBe('13900139999');
      expect(await openSealed(database, 'crm_contacts', other, 'wechat')).toBe('zhang3');

      // The same in a table of customers: another number of the stored contact is asked about, a mask is none.
      const table = await plant('repA1', [
        { cells: { 客户名称: company, 联系人: '甲', 手机: '13700137777' }, updates: customer },
        { cells: { 客户名称: '回导新有限公司', 联系人: '丁', 微信: 'z***3' }, suspects: [{ id: customer, by: 'phone', name: 'x' }] },
      ]);
      await committed(world, table, 'repA1', { lines: { 3: 'new' } });
      expect(await statesOf(table)).toEqual(['suspect staged', 'error staged']);
      expect(await openSealed(database, 'crm_contacts', same, 'phone')).toBe('13800131234');
    });

    test('DQ-5, ORG-2: at the moment of writing its key still holds, and what a colleague imported is nobody else’s', async () => {
      const { world, enter } = stage();
      const renamed = await enter({ name: '将改名有限公司' });
      const doubled = await enter({ name: '将成双有限公司' });
      const byName = (name: string, updates: string): Line => ({ cells: { 客户名称: name, 地址: '新' }, updates });
      const id = await plant('repA1', [
        byName('将改名有限公司', renamed),
        byName('将成双有限公司', doubled),
        { cells: { 客户名称: '同事也导有限公司', 地址: '一' } },
      ]);
      await world.host.database(IMPORT_ROWS).where({ import: id, verdict: 'update' }).update({ matched_by: 'name' });
      await stage().patch('crm_customers', renamed, { name: '已改名有限公司' });
      await enter({ name: '将成双有限公司' });
      const colleague = await plant('repA2', [{ cells: { 客户名称: '同事也导有限公司', 地址: '一' } }]);
      await committed(world, colleague, 'repA2');
      await committed(world, id, 'repA1');
      expect(await statesOf(id)).toEqual(['suspect staged', 'suspect staged', 'new done']);
      expect((await stage().customer(renamed))['address']).toBeNull();
    });

    test('F14, ORG-2: an import of somebody else answers like an absent one, and its importer is told what is wrong', async () => {
      const { world } = stage();
      const id = await plant('repA1', [{ cells: { 客户名称: '别人的批次有限公司' } }]);
      for (const who of ['repA2', 'headA', 'headB', 'exec', 'sysadmin'] as const) expect((await commit(id, who)).status).toBe(403);
      for (const call of ['commit', 'cancel', 'undo', 'sample'])
        expect([call, (await world.as.headB.request('POST', `/crm/imports/${id}/${call}`)).status]).toEqual([call, 403]);
      const absent = await world.as.repA2.request('POST', `/crm/imports/${world.id.repA1}/commit`);
      const foreign = await world.as.repA2.request('POST', `/crm/imports/${id}/commit`);
      expect([absent.status, absent.body]).toEqual([foreign.status, foreign.body]);
      expect((await world.host.anonymous.request('POST', `/crm/imports/${id}/commit`)).status).toBe(403);
      await world.host.database(IMPORTS).where({ id }).update({ status: 'uploaded' });
      expect(reasonOf(await commit(id, 'repA1'))).toBe('not_checked');
    });
  });
}
