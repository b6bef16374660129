import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { World } from '../access/world.ts';
import { countEntries, entriesOf, lastEntry } from './log.ts';

/** What the host writes beside its item services: sorting, descriptions of fields, keys as they were sent. */
export function besideItems(the: () => World): void {
  it('design.md 5: the host’s own sorting, as the Studio’s drag handle does it, leaves an entry for every row', async () => {
    const { root, as, id, host } = the();
    await root.request('POST', '/items/crm_stages', { key: 'second', name: '第二', outcome: 'open', sort: 99, active: true });
    const order = async (): Promise<{ id: string; sort: number }[]> => host.database('crm_stages').orderBy('sort').select('id', 'sort');
    const before = await order();
    const count = await countEntries(the(), { collection: 'crm_stages' });
    const places = { item: before[0]!.id, to: before.at(-1)!.id };
    const refused = await as.repA1.request('POST', '/utils/sort/crm_stages', places);
    expect(refused.status, refused.text).toBe(403);
    expect(await order()).toEqual(before);
    const sorted = await as.sysadmin.request('POST', '/utils/sort/crm_stages', places);
    expect(sorted.status, sorted.text).toBe(200);
    const after = await order();
    expect(after.at(-1)!.id).toBe(before[0]!.id);
    const moved = after.filter((row) => before.find((one) => one.id === row.id)!.sort !== row.sort);
    expect(moved.length).toBeGreaterThan(1);
    expect(await countEntries(the(), { collection: 'crm_stages' })).toBe(count + moved.length);
    const was = before[0]!;
    expect(await lastEntry(the(), { item: was.id })).toMatchObject({
      action: 'update',
      user: id.sysadmin,
      before: { sort: was.sort },
      after: { sort: after.at(-1)!.sort },
    });
    const byGraphql = `mutation { utils_sort(collection: "crm_stages", item: "${was.id}", to: "${before[1]!.id}") }`;
    const closed = await root.request('POST', '/graphql/system', { query: byGraphql });
    expect(closed.status, closed.text).toBe(403);
    expect(await order()).toEqual(after);
  });

  it('design.md 5: rows without a place, and rows that share one, are numbered by the host: each has an entry', async () => {
    const { root, create, host } = the();
    const field = { field: 'own_order', type: 'integer', schema: {}, meta: { interface: 'input' } };
    expect((await root.request('POST', '/fields/crm_contacts', field)).status).toBe(200);
    expect((await root.request('PATCH', '/collections/crm_contacts', { meta: { sort_field: 'own_order' } })).status).toBe(200);
    const customer = await create('repA1', 'crm_customers', { name: '顺序有限公司' });
    const ids: string[] = [];
    for (let n = 0; n < 6; n++) ids.push((await create('repA1', 'crm_contacts', { customer: customer.id, name: `联系人${n}` })).id);
    const rows = (): Promise<{ id: string; own_order: number | null }[]> => host.database('crm_contacts').select('id', 'own_order');
    const put = async (...places: (number | null)[]) => {
      await host.database('crm_contacts').update({ own_order: null });
      for (const [at, own_order] of places.entries()) await host.database('crm_contacts').where({ id: ids[at] }).update({ own_order });
      await host
        .database('crm_contacts')
        .whereNotIn('id', ids)
        .update({ own_order: host.database.raw('1000 + (select count(*) from crm_contacts c where c.id < crm_contacts.id)') });
    };
    const move = async (from: number, to: number) => {
      const was = new Map((await rows()).map(({ id, own_order }) => [id, own_order]));
      const count = await countEntries(the(), { collection: 'crm_contacts' });
      const sorted = await root.request('POST', '/utils/sort/crm_contacts', { item: ids[from], to: ids[to] });
      expect(sorted.status, sorted.text).toBe(200);
      const moved = (await rows()).filter(({ id, own_order }) => was.get(id) !== own_order);
      for (const { id, own_order } of moved)
        expect(await lastEntry(the(), { item: id })).toMatchObject({ before: { own_order: was.get(id) }, after: { own_order } });
      expect(await countEntries(the(), { collection: 'crm_contacts' })).toBe(count + moved.length);
      return moved.length;
    };
    await put(1, 2, 3, 4, 5, 6);
    expect(await move(4, 1)).toBe(4);
    expect(await move(0, 0)).toBe(0);
    await put(1, 2, 3, 4, null, null);
    expect(await move(4, 3)).toBeGreaterThan(2);
    await put(1, 2, null, null, 5, 6);
    expect(await move(2, 3)).toBe(2);
    await put(1, 2, null, 4, 5, 6);
    expect(await move(5, 0)).toBe(6);
    await put(1, 1, 2, 3, 4, 5);
    expect(await move(3, 4)).toBeGreaterThan(3);
    await put(1, 1, null, 3, null, 5);
    expect(await move(2, 0)).toBeGreaterThan(3);
    expect((await root.request('PATCH', '/collections/crm_contacts', { meta: { sort_field: null } })).status).toBe(200);
    expect((await root.request('DELETE', '/fields/crm_contacts/own_order')).status).toBe(204);
  });

  it('design.md 5: a moved row waits for nobody who changes a row that keeps its place', async () => {
    const { as, host } = the();
    const stages: { id: string }[] = await host.database('crm_stages').orderBy('sort').select('id');
    const move = () => as.sysadmin.request('POST', '/utils/sort/crm_stages', { item: stages[0]!.id, to: stages[1]!.id });
    const other = await host.database.transaction();
    try {
      // SQLite holds no rows: one writes at a time.
      if (host.env['DB_CLIENT'] === 'pg')
        await other('crm_stages')
          .where({ id: stages.at(-1)!.id })
          .forUpdate()
          .first('id');
      const late = new Promise<null>((resolve) => setTimeout(resolve, 5000, null));
      expect(await Promise.race([move(), late])).toMatchObject({ status: 200 });
    } finally {
      await other.rollback();
    }
  });

  it('design.md 5: amounts are no order of rows: nobody makes the host’s sorting write them', async () => {
    const { root, as, create, row } = the();
    const customer = await create('repA1', 'crm_customers', { name: '排序有限公司' });
    const made: { id: string }[] = [];
    // The stages were put in another order above: the first one may ask for these.
    const asked = { needs: '需要排序', expected_close_on: '2099-12-31' };
    for (const amount of [100, 200, 300])
      made.push(await create('repA1', 'crm_opportunities', { customer: customer.id, title: '项目', amount, ...asked }));
    const chosen = await root.request('PATCH', '/collections/crm_opportunities', { meta: { sort_field: 'amount' } });
    expect(chosen.status, chosen.text).toBe(403);
    await as.sysadmin.request('POST', '/utils/sort/crm_opportunities', { item: made[0]!.id, to: made[2]!.id });
    for (const [at, { id }] of made.entries()) expect(Number((await row('crm_opportunities', id))['amount'])).toBe((at + 1) * 100);
  });

  it('SEC-3: rows whose ids are sent in capitals have entries, and no deletion that never was', async () => {
    const { root } = the();
    const id = randomUUID().toUpperCase();
    const made = await root.request('POST', '/policies', { id, name: 'Capitals', admin_access: true });
    expect(made.status, made.text).toBe(200);
    expect(made.body.data.id).toBe(id.toLowerCase());
    await root.request('PATCH', `/policies/${id.toLowerCase()}`, { name: 'Capitals 2' });
    const entries = await entriesOf(the(), { collection: 'directus_policies', item: id.toLowerCase() });
    expect(entries.map(({ action }) => action)).toEqual(['create', 'update']);
    await root.request('DELETE', `/policies/${id.toLowerCase()}`);
  });

  it('SEC-3, F18: how the log is called and shown is not changed by an API either', async () => {
    const { root } = the();
    const translations = [{ language: 'zh-CN', translation: '变更后' }];
    const answers = [
      await root.request('PATCH', '/collections/crm_audit', {
        meta: { archive_field: 'action', archive_value: 'delete', archive_app_filter: true },
      }),
      await root.request('PATCH', '/fields/crm_audit/before', { meta: { translations } }),
      await root.request('PATCH', '/fields/crm_audit', [{ field: 'after', meta: { hidden: true } }]),
      await root.request('PATCH', '/fields/crm_audit/mac', { schema: { is_indexed: true } }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('SEC-3: an upload has the reason and the id of its request', async () => {
    const { root } = the();
    const send = (id: string | null, text: string) => {
      const form = new FormData();
      form.append('title', '合同');
      form.append('file', new Blob([text], { type: 'text/plain' }), 'x.txt');
      const headers = { 'x-crm-reason': 'because' };
      return id ? root.request('PATCH', `/files/${id}`, form, { headers }) : root.request('POST', '/files', form, { headers });
    };
    const { id } = (await send(null, 'aaa')).body.data;
    const replaced = await send(id, 'bbbb');
    expect(await lastEntry(the(), { item: id })).toMatchObject({
      reason: 'because',
      request_id: replaced.headers.get('x-request-id'),
    });
  });

  it('SEC-3, F12: a person who is locked out did not do it', async () => {
    const { root, user, segment, host } = the();
    await root.request('PATCH', '/settings', { auth_login_attempts: 2 });
    const email = `locked.${randomUUID()}@example.com`;
    const { id } = (await user({ email, role: ROLE_IDS.sales_rep, crm_segment: segment.a, password: 'Correct-horse-9!' })).body.data;
    for (let n = 0; n < 4; n++) await host.anonymous.request('POST', '/auth/login', { email, password: 'wrong' });
    await root.request('PATCH', '/settings', { auth_login_attempts: 25 });
    expect(await lastEntry(the(), { collection: 'directus_users', item: id })).toMatchObject({
      after: { status: 'suspended' },
      user: null,
    });
  });
}
