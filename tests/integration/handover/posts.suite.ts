import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PersonName, World } from '../access/world.ts';
import { expectTrue, handedOver, handOver, look, newcomer, preview, refusal, undone } from './desk.ts';

/** ACC-10, N5: what somebody is named for, and other places where they are named. */
export function postsSuite(world: () => World): void {
  const customer = (owner: PersonName) => world().create(owner, 'crm_customers', { name: `客户${randomUUID().slice(0, 8)}` });
  const all = (from: PersonName, to: PersonName) => ({ from: world().id[from], rules: [{ to: world().id[to] }] });
  async function step(person: string, segment: string | null): Promise<string> {
    const { database } = world().host;
    const rule = await database('crm_approval_rules').first('id');
    const row = { id: randomUUID(), rule: rule.id, by: 'person', person, sort: 9, segment };
    await database('crm_approval_steps').insert(row);
    return row.id;
  }
  async function team(leader: string): Promise<string> {
    const row = { id: randomUUID(), name: '团队', leader, segment: world().segment.a };
    await world().host.database('crm_teams').insert(row);
    return row.id;
  }
  const approver = async (id: string) => (await world().row('crm_approval_steps', id))['person'];
  const leader = async (id: string) => (await world().row('crm_teams', id))['leader'];
  const reasons = ({ warnings }: { warnings: { reason: string }[] }) => warnings.map(({ reason }) => reason);

  /** A field for a person that the administrator adds to customers. */
  async function personField(more: object = {}): Promise<string> {
    const field = `crm_person_${randomUUID().slice(0, 6)}`;
    const meta = { interface: 'select-dropdown-m2o', special: ['m2o'] };
    const made = await world().root.request('POST', '/fields/crm_customers', { field, type: 'uuid', meta, schema: more });
    expect(made.status, made.text).toBe(200);
    const link = { collection: 'crm_customers', field, related_collection: 'directus_users', schema: { on_delete: 'SET NULL' } };
    const linked = await world().root.request('POST', '/relations', link);
    expect(linked.status, linked.text).toBe(200);
    return field;
  }

  test('F9, ORG-8: a segment admin names nobody an approver by a hand-over, nor takes that back from one', async () => {
    const head = await newcomer(world(), 'segment_head');
    const { id, segment } = world();
    const [ofSegment, ofTeam, row] = [await step(id[head], segment.a), await team(id[head]), await customer(head)];
    const body = { from: id[head], rules: [{ to: id.headA }] };
    const seen = await preview(world(), 'adminA', body);
    expect(reasons(seen.body)).toEqual(['posts_left']);
    expect(seen.body.rules[0]!.posts).toBe(1);
    const done = await handedOver(world(), 'adminA', body);
    expect([await approver(ofSegment), await leader(ofTeam)]).toEqual([id[head], id.headA]);
    await undone(world(), 'adminA', done.id);
    expect(refusal(await handOver(world(), 'adminA', { from: id[head], rules: [{ to: id[head] }] }))).toEqual([400, 'same_person']);

    const byGroup = await handedOver(world(), 'sysadmin', body);
    expect([await approver(ofSegment), await leader(ofTeam)]).toEqual([id.headA, id.headA]);
    const back = await undone(world(), 'adminA', byGroup.id);
    expect(await world().row('crm_customers', row.id)).toMatchObject({ owner: id[head] });
    expect([await approver(ofSegment), await leader(ofTeam)]).toEqual([id.headA, id[head]]);
    expect(back.kept).toMatchObject([{ collection: 'crm_approval_steps', item: ofSegment, now: id.headA }]);
  });

  test('ORG-9, APR-1: projects and decisions of the whole group go to those who may have them, else they stay and are told', async () => {
    const head = await newcomer(world(), 'segment_head');
    const { id, company, host } = world();
    await customer(head);
    const ofGroup = await step(id[head], null);
    await host.database('crm_companies').where({ id: company }).update({ project_owner: id[head] });
    const owner = async () => (await world().row('crm_companies', company))['project_owner'];
    const toRep = await handedOver(world(), 'sysadmin', all(head, 'repA1'));
    expect([await approver(ofGroup), await owner(), toRep.moved]).toEqual([id[head], id[head], 1]);
    const seen = await preview(world(), 'sysadmin', all(head, 'repA1'));
    expect(reasons(seen.body), seen.text).toContain('posts_left');
    const toHead = await handedOver(world(), 'sysadmin', all(head, 'headA'));
    expect([await approver(ofGroup), await owner()]).toEqual([id.headA, id.headA]);
    await undone(world(), 'sysadmin', toHead.id);
    expect([await approver(ofGroup), await owner()]).toEqual([id[head], id[head]]);
    await host.database('crm_companies').where({ id: company }).update({ project_owner: null });
  });

  test('ORG-2, N5: a post does not come back to whoever works in another segment by now', async () => {
    const name = await newcomer(world());
    const { id, segment, host } = world();
    const [row, ofTeam, ofGroup] = [await customer(name), await team(id[name]), await step(id[name], null)];
    const done = await handedOver(world(), 'sysadmin', all(name, 'repA2'));
    await host.database('directus_users').where({ id: id[name] }).update({ crm_segment: segment.b });
    const back = await undone(world(), 'sysadmin', done.id);
    expect(await world().row('crm_customers', row.id)).toMatchObject({ owner: id.repA2 });
    expect([await leader(ofTeam), await approver(ofGroup)]).toEqual([id.repA2, id[name]]);
    expect(back.kept.map(({ collection, now }) => [collection, now]).sort()).toEqual([
      ['crm_customers', id.repA2],
      ['crm_teams', id.repA2],
    ]);
  });

  test('N5: a field that is gone, or takes no second of one person, is left and told; all else goes and comes back', async () => {
    const name = await newcomer(world());
    const { id, host, root } = world();
    const [gone, single] = [await personField(), await personField({ is_unique: true })];
    const [one, other] = [await customer('repA1'), await customer('repA1')];
    const ofTeam = await team(id[name]);
    const { database } = host;
    await database('crm_customers')
      .where({ id: one.id })
      .update({ [gone]: id[name], [single]: id[name] });
    await database('crm_customers')
      .where({ id: other.id })
      .update({ [single]: id.repA2 });
    const done = await handedOver(world(), 'sysadmin', all(name, 'repA2'));
    expect(await world().row('crm_customers', one.id)).toMatchObject({ [gone]: id.repA2, [single]: id[name] });
    expect(await leader(ofTeam)).toBe(id.repA2);
    expect(done.counts.left).toEqual({ crm_customers: 1 });
    expect((await root.request('DELETE', `/fields/crm_customers/${gone}`)).status).toBe(204);
    const back = await undone(world(), 'sysadmin', done.id);
    expect(await leader(ofTeam)).toBe(id[name]);
    expect(back.kept).toMatchObject([{ collection: 'crm_customers', item: one.id, field: gone, now: null }]);
    expect((await look(world(), 'adminA', done.id)).status).toBe(200);
    expect((await root.request('DELETE', `/fields/crm_customers/${single}`)).status).toBe(204);
    await expectTrue(world());
  });

  test('N5: places that only name somebody are counted for group marketing, whatever keys their tables have', async () => {
    const name = await newcomer(world());
    const { id, host, root } = world();
    const { database } = host;
    await customer(name);
    const collection = `crm_own_${randomUUID().slice(0, 6)}`;
    const made = await root.request('POST', '/collections', {
      collection,
      schema: {},
      meta: {},
      fields: [
        { field: 'code', type: 'string', schema: { is_primary_key: true, is_nullable: false }, meta: {} },
        { field: 'manager', type: 'uuid', schema: {}, meta: { special: ['m2o'] } },
        { field: 'loose', type: 'uuid', schema: {}, meta: {} },
        { field: 'watchers', type: 'csv', schema: {}, meta: { special: ['cast-csv'] } },
      ],
    });
    expect(made.status, made.text).toBe(200);
    const link = { collection, field: 'manager', related_collection: 'directus_users', schema: { on_delete: 'SET NULL' } };
    expect((await root.request('POST', '/relations', link)).status).toBe(200);
    await database(collection).insert({ code: 'x', manager: id[name], loose: id[name], watchers: `a,${id[name]}` });
    const layout = JSON.stringify({ tabular: { filter: { owner: { _eq: id[name] } } } });
    const deep = JSON.stringify({ _and: [[{ _or: [{ owner: { _in: ['x', id[name].toUpperCase()] } }] }]] });
    await database('directus_presets').insert({ user: id.sysadmin, collection: 'crm_customers', layout_query: layout, filter: deep });
    const dispute = { id: randomUUID(), subject: '争议', about: 'customer', claim: '先接触', state: 'open' };
    await database('crm_disputes').insert({ ...dispute, owner: id[name], segment: world().segment.a });
    await database('crm_disputes').insert({
      ...dispute,
      id: randomUUID(),
      state: 'dismissed',
      owner: id[name],
      segment: world().segment.a,
    });

    const seen = await preview(world(), 'sysadmin', all(name, 'repA2'));
    expect(seen.status, seen.text).toBe(200);
    const named = seen.body.stays.filter(({ handling }) => handling === 'named').map((one) => [one.collection, one.field, one.count]);
    expect(named.sort()).toEqual([
      ['crm_disputes', 'owner', 1],
      [collection, 'loose', 1],
      [collection, 'manager', 1],
      [collection, 'watchers', 1],
      ['directus_presets', 'filter', 1],
      ['directus_presets', 'layout_query', 1],
    ]);
    const inSegment = await preview(world(), 'adminA', all(name, 'repA2'));
    expect(inSegment.body.stays.filter(({ handling }) => handling === 'named').map((one) => one.collection)).toEqual(['crm_disputes']);
    const done = await handedOver(world(), 'sysadmin', all(name, 'repA2'));
    expect(done.moved).toBe(1);
    expect(await database(collection).first()).toMatchObject({ manager: id[name] });
    expect((await root.request('DELETE', `/collections/${collection}`)).status).toBe(204);
    await database('directus_presets').where({ user: id.sysadmin, collection: 'crm_customers' }).delete();
  });

  test('N5: rules by region and class, and for activities on no record', async () => {
    const name = await newcomer(world());
    const { id, host } = world();
    const province = { id: randomUUID(), code: '990000', name: '省', full_name: '省', level: 'province' };
    const city = { id: randomUUID(), code: '990100', name: '市', full_name: '省 市', level: 'city', parent: province.id };
    await host.database('crm_regions').insert(province);
    await host.database('crm_regions').insert(city);
    const [near, wide, key, rest] = [await customer(name), await customer(name), await customer(name), await customer(name)];
    const set = (row: { id: string }, values: object) => host.database('crm_customers').where({ id: row.id }).update(values);
    await set(near, { region: city.id });
    await set(wide, { region: province.id });
    await set(key, { class: 'key' });
    const loose = await world().create(name, 'crm_activities', { type: 'task', subject: '无关联' });
    const hung = await world().create(name, 'crm_activities', { type: 'task', subject: '有客户', customer: rest.id });
    const done = await handedOver(world(), 'adminA', {
      from: id[name],
      rules: [
        { to: id.repA1, where: { _or: [{ region: { _eq: province.id } }, { region: { parent: { _eq: province.id } } }] } },
        { to: id.repA2, where: { class: { _eq: 'key' } } },
        { to: id.repA1, collection: 'crm_activities', where: { subject: { _eq: '别的' } } },
        { to: id.repA2, collection: 'crm_activities' },
      ],
    });
    expect(done.moved).toBe(4);
    const owners = async (collection: string, rows: { id: string }[]) =>
      Promise.all(rows.map(async (row) => (await world().row(collection, row.id)).owner));
    expect(await owners('crm_customers', [near, wide, key, rest])).toEqual([id.repA1, id.repA1, id.repA2, id[name]]);
    expect(await owners('crm_activities', [loose, hung]), 'what hangs on a customer goes with it alone').toEqual([id.repA2, id[name]]);
    await undone(world(), 'adminA', done.id);
    expect(await owners('crm_customers', [near, wide, key])).toEqual(Array(3).fill(id[name]));
  });

  test('F20: texts that no database keeps are refused, wherever they stand', async () => {
    const name = await newcomer(world());
    await customer(name);
    for (const reason of ['离职\u0000', '离职\ud800'])
      expect(refusal(await handOver(world(), 'adminA', { ...all(name, 'repA2'), reason }))).toEqual([400, 'bad_value']);
    const where = { name: { _eq: '客户\u0000' } };
    const answer = await handOver(world(), 'adminA', { from: world().id[name], rules: [{ to: world().id.repA2, where }] });
    expect(answer.status, answer.text).toBe(400);
  });
}
