import { randomUUID } from 'node:crypto';
import { expect, describe, test, beforeAll } from 'vitest';
import { countOrphans, sweepOrphans } from '../../../extensions/crm/src/privacy/orphan-keys.ts';
import type { Stage } from '../customers/stage.ts';
import { cascadeByHand } from '../cascade-by-hand.ts';
import { Canaries, openSealed } from './open-sealed.ts';

interface Said {
  data: { id: string };
  errors?: { message: string; extensions: { code: string; reason?: string } }[];
}

const DAY = 86_400_000;
const KEY = {
  field: 'id',
  type: 'uuid',
  meta: { special: ['uuid'] },
  schema: { is_primary_key: true, length: 36, has_auto_increment: false },
};
const WATCHED = ['crm_contacts', 'crm_customers', 'visits', 'tours'];

/** SEC-1: collections, relations and flows of the administrator's own are no way around the sealing. */
export function goingAround(stage: () => Stage, canaries: Canaries): void {
  const database = () => stage().world.host.database;
  const root = () => stage().world.root;
  const fresh = () => ({ phone: canaries.phone(), email: `${canaries.word()}@example.com`, wechat: canaries.word() });
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await root().request<Said>(method, path, body);
    expect(answer.status, `${path} ${answer.text}`).toBe(200);
    expect(canaries.in(answer.text)).toEqual([]);
    return answer.body.data;
  };
  const doctor = async () => (await root().request('GET', '/crm/doctor')).body.findings as { kind: string; path: string }[];
  const contactCalled = async (name: string) => (await database()('crm_contacts').where({ name }).first()) as Record<string, string>;
  const expectSealed = async (name: string, values: ReturnType<typeof fresh>) => {
    const { id, phone } = await contactCalled(name);
    expect(phone).toContain('****');
    for (const [field, value] of Object.entries(values)) expect(await openSealed(database(), 'crm_contacts', id!, field)).toBe(value);
    return id!;
  };

  describe('going around', () => {
    let customer: string;
    beforeAll(async () => {
      customer = await stage().enter({ name: '自建关系有限公司' });
      for (const collection of ['visits', 'tours'])
        await done('POST', '/collections', {
          collection,
          schema: {},
          meta: {},
          fields: [KEY, { field: 'title', type: 'string', meta: {}, schema: {} }],
        });
      await done('POST', '/fields/visits', { field: 'contact', type: 'uuid', meta: { special: ['m2o'] }, schema: {} });
      await done('POST', '/relations', {
        collection: 'visits',
        field: 'contact',
        related_collection: 'crm_contacts',
        meta: {},
        schema: { on_delete: 'SET NULL' },
      });
      await done('POST', '/fields/tours', { field: 'people', type: 'alias', meta: { special: ['o2m'] } });
      await done('POST', '/fields/crm_contacts', { field: 'tour', type: 'uuid', meta: { special: ['m2o'] }, schema: {} });
      await done('POST', '/relations', {
        ...{ collection: 'crm_contacts', field: 'tour', related_collection: 'tours' },
        ...{ meta: { one_field: 'people' }, schema: { on_delete: 'SET NULL' } },
      });
      await cascadeByHand(stage().world.host, 'crm_contacts', 'tour', 'tours');
      // A flow without a step keeps what it is handed, word for word, in the history of flows.
      await done('POST', '/flows', {
        ...{ name: 'Watch', status: 'active', trigger: 'event', accountability: 'all' },
        options: { type: 'action', scope: ['items.create', 'items.update'], collections: WATCHED },
      });
    });

    test('SEC-1: rows written through the administrator’s own collections are sealed, and flows are handed nothing', async () => {
      const kept = async () => database()('directus_revisions').where({ collection: 'directus_flows' }).select('data');
      const person = (name: string) => ({ name, customer, values: fresh() });
      const [one, two, three] = [person('经外键'), person('经列表'), person('两层')];
      const row = ({ values, ...rest }: typeof one) => ({ ...rest, ...values });
      const visit = await done('POST', '/items/visits', { title: 'x', contact: row(one) });
      await done('POST', '/items/tours', { title: 'y', people: [row(two)] });
      await done('PATCH', `/items/crm_customers/${customer}`, {
        contacts: {
          create: [{ name: '外层', tour: { title: 't', people: { create: [row(three)], update: [], delete: [] } } }],
          update: [],
          delete: [],
        },
      });
      for (const { name, values } of [one, two, three]) await expectSealed(name, values);

      const again = fresh();
      const id = (await contactCalled(one.name))['id']!;
      await done('PATCH', `/items/visits/${visit.id}`, { contact: { id, ...again } });
      await expectSealed(one.name, again);
      const byGraph = fresh();
      const graph = await root().graphql<{ data: object }>(
        'mutation ($id: ID!, $d: update_visits_input!) { update_visits_item(id: $id, data: $d) { id contact { phone } } }',
        { id: visit.id, d: { contact: { id, ...byGraph } } },
      );
      expect(graph.text).not.toContain('"errors"');
      expect(canaries.in(graph.text)).toEqual([]);
      await expectSealed(one.name, byGraph);
      const { phone } = await contactCalled(one.name);
      await done('PATCH', `/items/visits/${visit.id}`, { contact: { id, phone, hobbies: '围棋' } });
      await expectSealed(one.name, byGraph);

      await expect.poll(async () => (await kept()).length, { timeout: 10_000 }).toBeGreaterThan(8);
      const told = JSON.stringify(await kept());
      expect(told).toContain('两层');
      expect(canaries.in(told)).toEqual([]);
      expect(told).not.toMatch(/crm1\.|test\.[\w-]{43}/);
    });

    test('SEC-1: a content version of one’s own collection keeps no value of ours', async () => {
      await done('PATCH', '/collections/visits', { meta: { versioning: true } });
      const { id: item } = await done('POST', '/items/visits', { title: 'x' });
      const version = await done('POST', '/versions', { collection: 'visits', item, key: 'draft', name: 'Draft' });
      await done('POST', `/versions/${version.id}/save`, { title: 'changed' });
      const refused = await root().request<Said>('POST', `/versions/${version.id}/save`, {
        contact: { name: '版本', customer, ...fresh() },
      });
      expect([refused.status, refused.body.errors?.[0]?.extensions.reason]).toEqual([403, 'clear_in_version']);
    });

    test('SEC-1: operations write with events, or not at all; a flow that asks is sealed like anybody', async () => {
      // What an operation is to write stands in its own text, which people type and read.
      const own = new Canaries();
      const values = { phone: own.phone(), email: `${own.word()}@example.com`, wechat: own.word() };
      const payload = { name: '流程新建', customer, ...values };
      const flow = await done('POST', '/flows', {
        name: 'Make',
        status: 'active',
        trigger: 'webhook',
        options: { method: 'POST' },
        accountability: 'all',
      });
      const operation = (options: object, type = 'item-create') => ({
        ...{ flow: flow.id, key: 'op', name: 'op', type, position_x: 1, position_y: 1 },
        options,
      });
      for (const collection of ['crm_contacts', 'crm_customers', 'visits', 'tours'])
        for (const type of ['item-create', 'item-update']) {
          const answer = await root().request<Said>('POST', '/operations', operation({ collection, payload: {}, emitEvents: false }, type));
          expect([collection, answer.status, answer.body.errors?.[0]?.extensions.reason]).toEqual([collection, 403, 'flow_without_events']);
          expect(answer.body.errors![0]!.message).toContain('触发事件');
        }
      const nested = await root().request('POST', '/flows', {
        ...{ name: 'x', trigger: 'manual' },
        operations: { create: [operation({ collection: 'crm_leads', emitEvents: false })], update: [], delete: [] },
      });
      expect(nested.status).toBe(403);
      const other = await done('POST', '/operations', {
        ...operation({ collection: 'directus_folders', emitEvents: false }),
        key: 'other',
      });
      expect(
        (await root().request('PATCH', `/operations/${other.id}`, { options: { collection: 'crm_leads', emitEvents: false } })).status,
      ).toBe(403);

      const made = await done('POST', '/operations', operation({ collection: 'crm_contacts', permissions: '$trigger', payload }));
      expect(JSON.stringify(await database()('directus_operations').where({ id: made.id }).first('options'))).toMatch(/emitEvents\W+true/);
      expect(
        (await root().request('PATCH', `/operations/${made.id}`, { options: { collection: 'crm_contacts', emitEvents: false } })).status,
      ).toBe(403);
      await done('PATCH', `/flows/${flow.id}`, { operation: made.id });
      const run = await root().request('POST', `/flows/trigger/${flow.id}`, {});
      expect([run.status, own.in(run.text)], run.text).toEqual([200, []]);
      await expectSealed('流程新建', values);
      await database()('directus_operations').whereIn('id', [made.id, other.id]).delete();
      await database()('directus_flows').where({ id: flow.id }).delete();
    });

    test('SEC-1: what the host keeps of a run of a flow holds no value it was handed, of a company’s number neither', async () => {
      const values = { ...fresh(), phone: `${canaries.phone()}x12` };
      const own = new Canaries();
      const number = own.phone();
      const flow = await done('POST', '/flows', {
        ...{ name: 'Keeps', status: 'active', trigger: 'webhook', accountability: 'all' },
        options: { method: 'POST', return: '$last' },
      });
      const filled = Object.fromEntries(Object.keys(values).map((name) => [name, `{{$trigger.body.${name}}}`]));
      const made = await done('POST', '/operations', {
        ...{ flow: flow.id, key: 'op', name: 'op', type: 'item-create', position_x: 1, position_y: 1 },
        options: { collection: 'crm_contacts', permissions: '$trigger', payload: { name: '经网钩', customer, ...filled } },
      });
      await done('PATCH', `/flows/${flow.id}`, { operation: made.id });
      const run = await root().request('POST', `/flows/trigger/${flow.id}`, {
        ...values,
        note: `请联系${values.phone}`,
        sent: JSON.stringify(values),
      });
      expect([run.status, canaries.in(run.text)], run.text).toEqual([200, []]);
      expect((await contactCalled('经网钩'))['phone']).toContain('****');
      const company = await done('POST', '/items/crm_customers', {
        ...{ name: '流程公司', kind: 'company', segment: stage().world.segment.a, owner: stage().world.id.repA1 },
        phone: number,
      });
      const kept = async () =>
        JSON.stringify(await database()('directus_revisions').where({ collection: 'directus_flows' }).select('item', 'data'));
      await expect.poll(kept, { timeout: 10_000 }).toContain('流程公司');
      expect(await kept()).toContain(flow.id);
      expect([...canaries.in(await kept()), ...own.in(await kept())]).toEqual([]);
      await done('PATCH', `/items/crm_customers/${company.id}`, { kind: 'person' });
      await database()('directus_operations').where({ id: made.id }).delete();
      await database()('directus_flows').where({ id: flow.id }).delete();
    });

    test('SEC-1: what was searched for is kept neither with the view of a list nor as the last page; views of others stay', async () => {
      const rep = stage().world.as.repA1;
      const [phone, email, wechat] = [canaries.phone(), `${canaries.word()}@example.com`, canaries.word()];
      const view = await rep.request('POST', '/presets', { collection: 'crm_contacts', layout: 'tabular', search: `${phone}x12` });
      await rep.request('PATCH', `/presets/${view.body.data.id}`, {
        search: email,
        filter: { phone: { _eq: phone }, wechat: { _in: [wechat] } },
      });
      const kept = await database()('directus_presets').where({ id: view.body.data.id }).first();
      expect([kept.search, canaries.in(JSON.stringify(kept))]).toEqual([null, []]);
      const page = `/content/crm_contacts?search=${phone}&bookmark=1`;
      expect((await rep.request('PATCH', '/users/me/track/page', { last_page: page })).status).toBe(204);
      const { last_page: shown } = await database()('directus_users').where({ id: stage().world.id.repA1 }).first('last_page');
      expect(decodeURIComponent(shown)).toBe(`/content/crm_contacts?search=${phone.slice(0, 3)}****${phone.slice(-4)}&bookmark=1`);
      const other = await rep.request('POST', '/presets', { collection: 'directus_folders', search: '13800138000' });
      await rep.request('PATCH', `/presets/${other.body.data.id}`, { search: '13800138001' });
      expect((await database()('directus_presets').where({ id: other.body.data.id }).first('search')).search).toBe('13800138001');
    });

    test('SEC-1: no flow runs inside the writing of sealed rows; those from before are named by the doctor', async () => {
      const flow = (options: object) => ({ name: 'Inside', status: 'active', trigger: 'event', options });
      const inside = { type: 'filter', scope: ['items.create'], collections: ['crm_contacts'] };
      for (const options of [
        inside,
        { ...inside, scope: ['items.update'], collections: ['crm_customers', 'visits'] },
        { type: 'filter', scope: ['**'] },
      ]) {
        const answer = await root().request<Said>('POST', '/flows', flow(options));
        expect([answer.status, answer.body.errors?.[0]?.extensions.reason]).toEqual([403, 'flow_inside_write']);
      }
      const { id } = await done('POST', '/flows', flow({ ...inside, type: 'action' }));
      expect((await root().request('PATCH', `/flows/${id}`, { options: inside })).status).toBe(403);
      await done('PATCH', `/flows/${id}`, { options: { ...inside, collections: ['visits'] } });
      expect((await doctor()).filter(({ kind }) => kind.startsWith('flow'))).toEqual([]);

      await database()('directus_flows')
        .where({ id })
        .update({ options: JSON.stringify(inside) });
      await database()('directus_operations').insert({
        ...{ id: randomUUID(), flow: id, key: 'old', name: 'old', type: 'item-update', position_x: 1, position_y: 1 },
        options: JSON.stringify({ collection: 'crm_leads' }),
      });
      const found = (await doctor()).filter(({ kind }) => kind.startsWith('flow'));
      expect(found.map(({ kind, path }) => [kind, path])).toEqual([
        ['flow_inside_write', 'flows.Inside'],
        ['flow_without_events', 'flows.Inside.old'],
      ]);
      await database()('directus_operations').where({ flow: id }).delete();
      await done('DELETE', `/flows/${id}`).catch(() => undefined);
      await database()('directus_flows').where({ id }).delete();
    });

    test('Q8: the key goes with its row, also where the database deletes along or a job does; the doctor sweeps what is left', async () => {
      const keysOf = async (item: string) => (await database()('crm_subject_keys').where({ item })).length;
      const tour = await done('POST', '/items/tours', { title: 'gone', people: [{ name: '连带删除', customer, ...fresh() }] });
      const { id } = await contactCalled('连带删除');
      expect(await keysOf(id!)).toBe(1);
      expect((await root().request('DELETE', `/items/tours/${tour.id}`)).status).toBe(204);
      expect(await contactCalled('连带删除')).toBeUndefined();
      expect(await keysOf(id!)).toBe(0);

      const left = await stage().world.create('repA1', 'crm_contacts', { name: '手工删除', customer, ...fresh() });
      await database()('crm_contacts').where({ id: left.id }).delete();
      const orphaned = async () => (await doctor()).filter(({ kind }) => kind === 'keys_orphaned').map(({ path }) => path);
      expect(await orphaned()).toEqual([]);
      await database()('crm_subject_keys')
        .where({ item: left.id })
        .update({ date_created: new Date(Date.now() - 2 * DAY) });
      expect(await orphaned()).toEqual(['crm_subject_keys']);
      const now = new Date();
      expect([await countOrphans(database(), now), await sweepOrphans(database(), now), await countOrphans(database(), now)]).toEqual([
        1, 1, 0,
      ]);
      expect(await keysOf(left.id)).toBe(0);
    });
  });
}
