import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../../extensions/crm/src/platform/api/host.ts';
import { policyIdOf } from '../../../seed/access/identities.ts';
import type { Stage } from '../customers/stage.ts';
import { committed, plantImport, type Line } from './planted.ts';
import type { Undone } from './undo.ts';

/** What an undo may put back by the rules of a form, and what it says of the rest. */
export function undoByTheRules(stage: () => Stage): void {
  describe('an import that is undone by the rules', () => {
    const undo = (id: string) => stage().world.as.headA.request<Undone>('POST', `/crm/imports/${id}/undo`);
    const api = async (path: string, row: Row, method = 'POST'): Promise<string> => {
      const answer = await stage().world.as.headA.request<{ data: { id: string } }>(method, `/items/${path}`, row);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      return answer.body.data.id;
    };

    test('N6, Q1: an order that an import moves takes its lines along, and comes back to where its customer stands by then', async () => {
      const { world } = stage();
      const place = { segment: world.segment.a, owner: world.id.repA1 };
      const from = await api('crm_customers', { name: '移单前有限公司', ...place });
      const to = await api('crm_customers', { name: '移单后有限公司', ...place, owner: world.id.repA2 });
      const order = await api('crm_orders', { number: 'MOVE-1', customer: from });
      const product = (await world.create('sysadmin', 'crm_products', { name: '货' })).id;
      const line = await api('crm_order_lines', { order, product });
      const merged = await api('crm_customers', { name: '并入别家有限公司', ...place });
      const stays = await api('crm_orders', { number: 'MOVE-2', customer: merged });
      const names = new Map([['移单后有限公司', to]]);
      const id = await plantImport(world, {
        kind: 'orders',
        who: 'headA',
        segment: world.segment.a,
        names,
        lines: [
          { cells: { 订单号: 'MOVE-1', 客户: '移单后有限公司' }, updates: order },
          { cells: { 订单号: 'MOVE-2', 客户: '移单后有限公司' }, updates: stays },
        ],
      });
      expect(await committed(world, id, 'headA')).toMatchObject({ rows_done: 2 });
      expect((await world.row('crm_order_lines', line)).owner).toBe(world.id.repA2);
      // Meanwhile the former customer is given to somebody else, and the other one lives on in a third.
      await api(`crm_customers/${from}`, { owner: world.id.headA }, 'PATCH');
      await world.host.database('crm_customers').where({ id: merged }).update({ status: 'merged' });
      const { body } = await undo(id);
      expect(body).toMatchObject({ undone: 1, kept: 1 });
      expect(await world.row('crm_orders', order)).toMatchObject({ customer: from, owner: world.id.headA });
      expect((await world.row('crm_order_lines', line)).owner).toBe(world.id.headA);
      expect(body.spared).toMatchObject([{ item: stays, reason: 'not_put_back' }]);
      expect(body.spared[0]!.fields).toContainEqual({ field: 'customer', imported: to, now: to, before: merged });
    });

    test('Q1: a customer that a table gives to a colleague leaves the former owner’s files, and the colleague’s when it comes back', async () => {
      const { world } = stage();
      const { database } = world.host;
      const exported = async (who: 'repA1' | 'repA2') => {
        const [id, later] = [randomUUID(), new Date(Date.now() + 86_400_000)];
        const made = { id, collection: 'crm_customers', file_name: 'x.csv', format: 'csv', status: 'done', rows_total: 1, rows_done: 1 };
        const place = { owner: world.id[who], segment: world.segment.a };
        await database('crm_exports').insert({ ...made, ...place, asked: '{}', expires_at: later, date_created: new Date() });
        return id;
      };
      const isKept = async (id: string) => new Date((await world.row('crm_exports', id))['expires_at'] as string).getTime() > Date.now();
      const name = '表给同事有限公司';
      const customer = await api('crm_customers', { name, segment: world.segment.a, owner: world.id.repA1 });
      const files = [await exported('repA1'), await exported('repA2')] as const;
      const kept = () => Promise.all(files.map(isKept));
      const lines = [{ cells: { 客户名称: name, 负责人: 'other' }, updates: customer }];
      const names = new Map([['other', world.id.repA2]]);
      const id = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, names, lines });
      await committed(world, id, 'headA');
      expect([(await world.row('crm_customers', customer)).owner, await kept()]).toEqual([world.id.repA2, [false, true]]);
      expect((await undo(id)).body).toMatchObject({ undone: 1 });
      expect([(await world.row('crm_customers', customer)).owner, await kept()]).toEqual([world.id.repA1, [false, false]]);
    });

    test('N6, ORG-7, SEC-5: what a form would not put back is spared with its reason; organisations get their parent back', async () => {
      const { world } = stage();
      const { database } = world.host;
      const place = { segment: world.segment.a, owner: world.id.repA1 };
      const parent = await api('crm_customers', { name: '还母有限公司', ...place });
      const child = await api('crm_customers', { name: '还子有限公司', ...place, parent });
      const left = await api('crm_customers', { name: '离职有限公司', ...place });
      await database('crm_customers').where({ id: left }).update({ owner: world.id.repA2 });
      const main = await api('crm_customers', { name: '两主有限公司', ...place });
      const former = await api('crm_contacts', { customer: main, name: '原主', is_primary: true });
      const third = await api('crm_contacts', { customer: main, name: '第三人' });
      const names = new Map([
        ['head', world.id.headA],
        ['两主有限公司', main],
      ]);
      const given: Line[] = [parent, left].map((updates, at) => ({
        cells: { 客户名称: ['还母有限公司', '离职有限公司'][at]!, 负责人: 'head' },
        updates,
      }));
      const owners = await plantImport(world, { kind: 'customers', who: 'headA', segment: world.segment.a, names, lines: given });
      await committed(world, owners, 'headA');
      expect((await stage().customer(child))['parent']).toBeNull();
      const contacts = await plantImport(world, {
        kind: 'contacts',
        who: 'headA',
        segment: world.segment.a,
        names,
        lines: [{ cells: { 客户: '两主有限公司', 姓名: '新主', 主要联系人: '是' } }],
      });
      await committed(world, contacts, 'headA');
      await api(`crm_contacts/${third}`, { is_primary: true }, 'PATCH');

      await database('directus_users').where({ id: world.id.repA2 }).update({ status: 'suspended' });
      const { body } = await undo(owners);
      await database('directus_users').where({ id: world.id.repA2 }).update({ status: 'active' });
      expect(await stage().customer(parent)).toMatchObject({ owner: world.id.repA1 });
      expect((await stage().customer(child))['parent']).toBe(parent);
      expect((await stage().customer(left))['owner']).toBe(world.id.headA);
      expect(body.spared).toMatchObject([
        { item: left, reason: 'not_put_back', fields: [{ field: 'owner', now: world.id.headA, before: world.id.repA2 }] },
      ]);

      const again = await undo(contacts);
      expect(await database('crm_contacts').where({ customer: main, is_primary: true }).pluck('id')).toEqual([third]);
      expect(again.body.spared.find(({ item }) => item === former)).toMatchObject({
        fields: [{ field: 'is_primary', now: false, before: true }],
      });

      // Who may not read a field is told that it differs, and nobody is told of rows that are a colleague's by now.
      const right = { collection: 'crm_customers', action: 'read', policy: policyIdOf('segment_head') };
      const { fields } = await database('directus_permissions').where(right).first('fields');
      const readable = await database('directus_fields').where({ collection: 'crm_customers' }).whereNot({ field: 'owner' }).pluck('field');
      await database('directus_permissions')
        .where(right)
        .update({ fields: readable.join(',') });
      const narrow = await world.as.headA.request<Undone>('GET', `/crm/imports/${owners}/undo`);
      await database('directus_permissions').where(right).update({ fields });
      expect(narrow.body.spared[0]!.fields).toEqual([{ field: 'owner', imported: null, now: null, hidden: true }]);
      await database('crm_customers').where({ id: left }).update({ segment: world.segment.b, owner: world.id.repB });
      expect((await world.as.headA.request<Undone>('GET', `/crm/imports/${owners}/undo`)).body.spared).toEqual([]);
      await database('crm_customers').where({ id: left }).update({ segment: world.segment.a, owner: world.id.headA });
    });
  });
}
