import { randomInt, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { IMPORTS } from '../../../extensions/crm/src/imports/staging.ts';
import type { Stage } from '../customers/stage.ts';
import { openSealed } from '../sealing/open-sealed.ts';
import { committed, ended, plantImport, type Line } from './planted.ts';
import { portrait } from './portrait.ts';

export interface Undone {
  status: string;
  undone: number;
  names: Record<string, string>;
  spared: {
    collection: string;
    item: string;
    name: string;
    reason: string;
    fields: { field: string; imported: unknown; now: unknown; before?: unknown; hidden?: true }[];
  }[];
}

/** Taking a batch back: exactly what nobody has touched since (N6). */
export function undoOfImports(stage: () => Stage): void {
  describe('an import that is undone', () => {
    const undo = (id: string, who: 'headA' | 'adminA' | 'repA1' | 'repA2' | 'headB' = 'headA') =>
      stage().world.as[who].request<Undone>('POST', `/crm/imports/${id}/undo`);
    const seen = async () => {
      const { world } = stage();
      const { rows } = await portrait(world.host.database, world.segment.a, new Map());
      // Who touched a row last is the undo's to say.
      return rows.map(({ date_updated: _date, user_updated: _user, ...row }) => row);
    };
    const api = async (path: string, row: Row, method = 'POST'): Promise<string> => {
      const answer = await stage().world.as.headA.request<{ data: { id: string } }>(method, `/items/${path}`, row);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer.body.data.id;
    };

    test('N6: leaves everything as it was before: creations, updates, owners, tags, contacts, keys and what is counted', async () => {
      const { world, tag, industry, region } = stage();
      const { database } = world.host;
      const place = { segment: world.segment.a, owner: world.id.repA1 };
      const full = { industry, region, needs: '采购系统', ...place };
      const ids = {
        active: await api('crm_customers', { name: '撤销甲有限公司', ...full }),
        person: await api('crm_customers', { name: '撤销乙', kind: 'company', phone: '010-65588888', ...place }),
        moved: await api('crm_customers', { name: '撤销丙有限公司', ...place }),
      };
      const contact = await api('crm_contacts', {
        customer: ids.active,
        name: '李雷',
        position: '经理',
        phone: '13800138000',
        is_primary: true,
      });
      await api('crm_leads', { title: '丙的线索', customer: ids.moved });
      // The new number has the mask of the old one: what tells them apart is the cipher and the index alone.
      const index = async () => (await database('crm_contacts').where({ id: contact }).first('phone_index')).phone_index;
      const indexed = await index();
      const before = await seen();
      const keys = await database('crm_subject_keys').whereNot({ collection: IMPORTS }).orderBy('id').pluck('id');
      const lines: Line[] = [
        { cells: { 客户名称: '撤销新有限公司', 电话: '010-65588888', 联系人: '新人', 手机: '13800139999', 标签: '标签', 负责人: 'rep' } },
        { cells: { 客户名称: '撤销甲有限公司', 首次需求: '改了', 联系人: '李雷', 手机: '13811118000', 标签: '标签' }, updates: ids.active },
        { cells: { 客户名称: '撤销乙', 客户类型: '个人' }, updates: ids.person },
        { cells: { 客户名称: '撤销丙有限公司', 负责人: 'head', 最近核实日期: '2026-01-05' }, updates: ids.moved },
      ];
      const names = new Map([
        ['rep', world.id.repA1],
        ['head', world.id.headA],
        ['标签', tag],
      ]);
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, names, lines });
      // Another number than that of the stored contact: somebody says that it is the same person.
      expect(await committed(world, id, 'headA', { lines: { 3: ids.active } })).toMatchObject({ status: 'imported', rows_done: 4 });
      expect(await openSealed(database, 'crm_contacts', contact, 'phone')).toBe('13811118000');
      expect((await world.row('crm_leads', (await database('crm_leads').where({ title: '丙的线索' }).first('id')).id)).owner).toBe(
        world.id.headA,
      );

      const answer = await undo(id);
      expect(answer.body).toEqual({ status: 'undone', undone: 4, kept: 0, spared: [], names: {}, note: null });
      expect(await seen()).toEqual(before);
      expect([await openSealed(database, 'crm_contacts', contact, 'phone'), await index()]).toEqual(['13800138000', indexed]);
      const left = await database('crm_subject_keys').whereNot({ collection: IMPORTS }).orderBy('id').pluck('id');
      expect(left).toEqual(keys);
      expect((await undo(id)).body).toEqual({ status: 'undone', undone: 4, kept: 0, spared: [], names: {}, note: null });
      const log = await database('crm_audit').where({ collection: 'crm_customers', action: 'delete' }).andWhere('reason', `import ${id}`);
      expect(log).toHaveLength(1);
    });

    test('N6: of two hundred and forty rows exactly those that were edited since are spared, and told with both values', async () => {
      const { world } = stage();
      const { database } = world.host;
      const lines = Array.from({ length: 240 }, (_, number): Line => ({
        cells: {
          客户名称: `改动${number}有限公司`,
          地址: `一号楼${number}`,
          负责人: 'rep',
          联系人: `某人${number}`,
          手机: `136${String(number).padStart(8, '0')}`,
        },
      }));
      const names = new Map([['rep', world.id.repA1]]);
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      const idOf = async (table: string, name: string): Promise<string> => (await database(table).where({ name }).first('id')).id;
      const edited = new Set<number>();
      while (edited.size < 15) edited.add(randomInt(240));
      const [moved, called, parent, ...plain] = [...edited];
      for (const number of plain)
        await api(`crm_customers/${await idOf('crm_customers', `改动${number}有限公司`)}`, { address: '二号楼' }, 'PATCH');
      await api(`crm_customers/${await idOf('crm_customers', `改动${moved}有限公司`)}`, { owner: world.id.headA }, 'PATCH');
      await api(`crm_contacts/${await idOf('crm_contacts', `某人${called}`)}`, { phone: '13912345678' }, 'PATCH');
      await api('crm_activities', { type: 'call', subject: '之后的电话', customer: await idOf('crm_customers', `改动${parent}有限公司`) });
      // Saved again without a change, it was not edited.
      const same = [...Array(240).keys()].find((number) => !edited.has(number))!;
      await api(`crm_customers/${await idOf('crm_customers', `改动${same}有限公司`)}`, { address: `一号楼${same}` }, 'PATCH');

      await undo(id);
      await ended(world, id);
      const { body } = await world.as.headA.request<Undone>('GET', `/crm/imports/${id}/undo`);
      expect(body).toMatchObject({ status: 'undone', undone: 225, kept: 15 });
      const page = await world.as.headA.request<Undone>('GET', `/crm/imports/${id}/undo?offset=5&limit=5`);
      expect(page.body.spared.length).toBeGreaterThanOrEqual(5);
      expect(body.spared).toEqual(expect.arrayContaining(page.body.spared));
      const customers = body.spared.filter(({ collection }) => collection === 'crm_customers');
      expect(customers.map(({ name }) => name).sort()).toEqual([...edited].map((number) => `改动${number}有限公司`).sort());
      const told = (name: string, collection = 'crm_customers') =>
        body.spared.find((one) => one.collection === collection && one.name === name)!.fields;
      expect(told(`改动${plain[0]}有限公司`)).toContainEqual({ field: 'address', imported: `一号楼${plain[0]}`, now: '二号楼' });
      expect(told(`改动${moved}有限公司`)).toContainEqual({ field: 'owner', imported: world.id.repA1, now: world.id.headA });
      expect(told(`某人${called}`, 'crm_contacts')).toEqual([
        { field: 'phone', imported: expect.stringContaining('*'), now: '139****5678' },
      ]);
      expect(told(`改动${called}有限公司`)).toEqual([{ field: 'contacts', imported: 0, now: 1 }]);
      expect(told(`改动${parent}有限公司`)).toEqual([{ field: 'activities', imported: 0, now: 1 }]);
      const left = await database('crm_customers').where('name', 'like', '改动%').pluck('name');
      expect(left.sort()).toEqual([...edited].map((number) => `改动${number}有限公司`).sort());
      expect(await database('crm_customers').where('name', 'like', '改动%').whereNotNull('pending_import')).toEqual([]);
    });

    test('N6: of five hundred and twenty rows the five hundred that were edited since are spared, and no other, over all pages', async () => {
      const { world } = stage();
      const { database } = world.host;
      const COUNT = 520;
      const nameOf = (number: number) => `多改${number}有限公司`;
      const lines = Array.from({ length: COUNT }, (_, number): Line => ({ cells: { 客户名称: nameOf(number), 负责人: 'rep' } }));
      const names = new Map([['rep', world.id.repA1]]);
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      const left = new Set<number>();
      while (left.size < COUNT - 500) left.add(randomInt(COUNT));
      const edited = Array.from({ length: COUNT }, (_, number) => number).filter((number) => !left.has(number));
      const ids = new Map(
        (await database('crm_customers').where('name', 'like', '多改%').select('id', 'name')).map((row) => [row.name, row.id]),
      );
      for (let at = 0; at < edited.length; at += 100) {
        const keys = edited.slice(at, at + 100).map((number) => ids.get(nameOf(number)));
        const answer = await world.as.headA.request('PATCH', '/items/crm_customers', { keys, data: { address: '二号楼' } });
        expect(answer.status, answer.text).toBe(200);
      }
      await undo(id);
      await ended(world, id);
      const spared: string[] = [];
      for (let offset = 0; ; offset += 100) {
        const { body } = await world.as.headA.request<Undone>('GET', `/crm/imports/${id}/undo?offset=${offset}&limit=100`);
        expect(body).toMatchObject({ status: 'undone', undone: COUNT - 500, kept: 500 });
        if (!body.spared.length) break;
        spared.push(...body.spared.map(({ name }) => name));
      }
      const expected = edited.map(nameOf).sort();
      expect(spared.sort()).toEqual(expected);
      expect((await database('crm_customers').where('name', 'like', '多改%').pluck('name')).sort()).toEqual(expected);
    });

    test('N6, ORG-2: what spared values name is told by name: tags, and customers to those who may read them', async () => {
      const { world, tag } = stage();
      const { database } = world.host;
      const { name: tagName } = await database('crm_tags').where({ id: tag }).first('name');
      const other = randomUUID();
      await database('crm_tags').insert({ id: other, name: '后来的标签', active: true });
      const lines: Line[] = [{ cells: { 客户名称: '子公司有限公司', 联系人: '移走的人', 标签: '标签' } }];
      const names = new Map([['标签', tag]]);
      const id = await plantImport(world, { kind: 'customers', who: 'repA1', segment: world.segment.a, names, lines });
      await committed(world, id, 'repA1');
      const place = { segment: world.segment.a, owner: world.id.repA1 };
      const parent = await api('crm_customers', { name: '母公司有限公司', ...place });
      const { id: child } = await database('crm_customers').where({ name: '子公司有限公司' }).first('id');
      await api(`crm_customers/${child}`, { parent }, 'PATCH');
      await api(
        `crm_contacts/${(await database('crm_contacts').where({ name: '移走的人' }).first('id')).id}`,
        { customer: parent },
        'PATCH',
      );
      await database('crm_customers_tags').where({ customer: child }).update({ tag: other });
      await undo(id, 'repA1');
      await ended(world, id);
      const told = async (who: 'headA' | 'repA1') => (await world.as[who].request<Undone>('GET', `/crm/imports/${id}/undo`)).body;
      const { spared, names: called } = await told('headA');
      const fieldOf = (collection: string, field: string) =>
        spared.find((row) => row.collection === collection)!.fields.find((one) => one.field === field);
      expect(fieldOf('crm_customers', 'parent')).toEqual({ field: 'parent', imported: null, now: parent });
      expect(fieldOf('crm_contacts', 'customer')).toEqual({ field: 'customer', imported: child, now: parent });
      expect(fieldOf('crm_customers_tags', 'tag')).toEqual({ field: 'tag', imported: tag, now: other });
      expect(spared.find(({ collection }) => collection === 'crm_customers_tags')!.name).toBe('后来的标签');
      const all = { [parent]: '母公司有限公司', [child]: '子公司有限公司', [tag]: tagName, [other]: '后来的标签' };
      expect(called).toEqual(all);
      expect((await told('repA1')).names).toEqual(all);
      // Given to a colleague, the parent is a key to the importer and nothing more.
      await database('crm_customers').where({ id: parent }).update({ owner: world.id.repA2 });
      const { [parent]: _parent, ...rest } = all;
      expect((await told('repA1')).names).toEqual(rest);
      expect((await told('headA')).names).toEqual(all);
    });

    test('N6: activities and what they say of their customers are taken back', async () => {
      const { world } = stage();
      const customer = await api('crm_customers', { name: '撤销行动有限公司', segment: world.segment.a, owner: world.id.repA1 });
      await api('crm_activities', { type: 'call', subject: '早先', customer, done_at: '2026-01-05T02:00:00.000Z' });
      const before = await stage().customer(customer);
      const lines: Line[] = [{ cells: { 客户: '撤销行动有限公司', 跟进方式: '电话', 主题: '补录', 拜访日期: '2026-03-03 10:00' } }];
      const names = new Map([['撤销行动有限公司', customer]]);
      const id = await plantImport(world, { kind: 'activities', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      expect((await stage().customer(customer))['last_activity_at']).not.toEqual(before['last_activity_at']);
      expect((await undo(id, 'adminA')).body).toMatchObject({ undone: 1, spared: [], names: {}, note: null });
      expect(await stage().customer(customer)).toEqual(before);
    });

    test('SAL-12, N6: planned work that an import moves is the plan’s no longer, and is again when that is undone', async () => {
      const { world } = stage();
      const place = { segment: world.segment.a, owner: world.id.repA1 };
      const customer = await api('crm_customers', { name: '排期移出有限公司', ...place });
      const other = await api('crm_customers', { name: '排期移入有限公司', ...place });
      const activity = await api('crm_activities', { type: 'call', subject: '计划电话', customer });
      const key = `${randomUUID()}:${customer}:2026-10-01`;
      await world.host.database('crm_activities').where({ id: activity }).update({ plan_key: key });
      const standing = async () => (await world.host.database('crm_activities').where({ id: activity }).first())!;
      const lines: Line[] = [{ cells: { 类型: 'call', 客户: '排期移入有限公司', 主题: '计划电话' }, updates: activity }];
      const names = new Map([['排期移入有限公司', other]]);
      const id = await plantImport(world, { kind: 'activities', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      expect(await standing()).toMatchObject({ customer: other, plan_key: null });
      expect((await undo(id)).body).toMatchObject({ undone: 1, spared: [] });
      expect(await standing()).toMatchObject({ customer, plan_key: key });
    });

    test('N6: what several lines did to one row, in chunks of their own, is taken back line by line', async () => {
      const { world } = stage();
      const customer = await api('crm_customers', { name: '轮换主联系人有限公司', segment: world.segment.a, owner: world.id.repA1 });
      await api('crm_contacts', { customer, name: '原主联系人', is_primary: true });
      const before = await seen();
      const lines = Array.from({ length: 230 }, (_, number): Line => ({
        cells: { 客户: '轮换主联系人有限公司', 联系人: `第${number}人`, 主要联系人: [10, 190, 229].includes(number) ? '是' : '' },
      }));
      const names = new Map([['轮换主联系人有限公司', customer]]);
      const id = await plantImport(world, { kind: 'contacts', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      const main = await world.host.database('crm_contacts').where({ customer, is_primary: true }).pluck('name');
      expect(main).toEqual(['第229人']);
      await undo(id);
      // On a busy machine it goes on in the background after the answer.
      await ended(world, id);
      const { body } = await world.as.headA.request<Undone>('GET', `/crm/imports/${id}/undo`);
      expect(body).toEqual({ status: 'undone', undone: 230, kept: 0, spared: [], names: {}, note: null });
      expect(await seen()).toEqual(before);
    });

    test('N6: after thirty days, by a stranger and before anything was written it is refused', async () => {
      const { world } = stage();
      const { database } = world.host;
      const lines: Line[] = [{ cells: { 客户名称: '太晚有限公司' } }];
      const id = await plantImport(world, { kind: 'customers', who: 'repA1', segment: world.segment.a, lines });
      const reason = (answer: { body: unknown }) =>
        (answer.body as { errors: { extensions: { reason?: string } }[] }).errors[0]!.extensions.reason;
      expect(reason(await undo(id, 'repA1'))).toBe('not_imported');
      await committed(world, id, 'repA1');
      expect((await undo(id, 'repA2')).status).toBe(403);
      expect((await undo(id, 'headB')).status).toBe(403);
      await database(IMPORTS)
        .where({ id })
        .update({ finished_at: new Date(Date.now() - 31 * 86_400_000) });
      expect(reason(await undo(id, 'repA1'))).toBe('undo_over');
    });
  });
}
