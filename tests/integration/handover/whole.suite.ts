import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { plant, expectTreeAt, upload } from '../access/tree.ts';
import type { World } from '../access/world.ts';
import { everything, expectTrue, handedOver, newcomer, preview, undone } from './desk.ts';

/** ACC-10, N5: everything that somebody works goes, nothing else changes, and it comes back. */
export function wholeSuite(world: () => World): void {
  const { randomUUID: key } = { randomUUID };

  /** Somebody with something of every kind. */
  async function busyPerson() {
    const name = await newcomer(world());
    const id = world().id[name];
    const { database } = world().host;
    const tree = await plant(world(), name, '要交接的客户');
    const lead = await world().create(name, 'crm_leads', { title: '要交接的线索', company_name: '某公司' });
    const own = await world().create(name, 'crm_activities', { type: 'task', subject: '自己的任务' });
    const assigned = await world().create('headA', 'crm_activities', { type: 'task', subject: '派发的任务', owner: id });
    expect((await world().as[name].request('POST', `/crm/activities/${assigned.id}/respond`, { answer: 'accept' })).status).toBe(200);
    const file = await upload(world(), name);
    const place = { segment: world().segment.a };
    const team = key();
    const route = key();
    const step = key();
    const rule = key();
    const target = key();
    await database('crm_teams').insert({ id: team, name: '一部', leader: id, ...place });
    await database('crm_lead_routes').insert({ id: route, user: id, active: true, ...place });
    await database('crm_approval_rules')
      .insert({ id: rule, kind: 'discount', name: 'r', active: true, ...place, escalate_days: 2 })
      .catch(async () => {
        const standing = await database('crm_approval_rules').first();
        await database('crm_approval_rules').insert({ ...standing, id: rule, ...place });
      });
    await database('crm_approval_steps').insert({ id: step, rule, by: 'person', person: id, delegate: id, sort: 1, ...place });
    await database('crm_targets').insert({ id: target, user: id, owner: id, period: '2026-11', amount: 10, ...place });
    const note = { collection: 'crm_customers', item: tree.customer.id };
    expect((await world().as[name].request('POST', '/comments', { ...note, comment: '交出人的话' })).status).toBe(200);
    return { name, id, tree, lead, own, assigned, file, team, route, step, target };
  }

  test.each(['adminA', 'sysadmin'] as const)('ACC-10, N5: %s hands everything of a person over, and takes it back', async (who) => {
    const person = await busyPerson();
    const { database } = world().host;
    const to = world().id.repA2;
    const body = { from: person.id, rules: [{ to }], reason: '离职交接' };
    const before = await everything(world());
    // Whoever decides approvals is group marketing's to say (ORG-8, F9).
    const steps = who === 'sysadmin' ? { crm_approval_steps: 2 } : {};

    const seen = await preview(world(), who, body);
    expect(seen.status, seen.text).toBe(200);
    expect(await everything(world()), 'a preview changes nothing').toEqual(before);
    expect(seen.body.rules[0]).toMatchObject({ roots: { crm_customers: 1, crm_leads: 1, crm_activities: 2, directus_files: 1 } });
    expect(seen.body.kinds.filter(({ left }) => left > 0).map(({ collection, left }) => [collection, left])).toEqual(
      who === 'sysadmin' ? [] : [...Array<unknown>(2).fill(['crm_approval_steps', 1])],
    );
    expect(seen.body.warnings.map(({ reason }) => reason)).toEqual(who === 'sysadmin' ? [] : ['posts_left']);

    const done = await handedOver(world(), who, body);
    expect(done.counts.moved, 'what the preview said').toEqual({
      ...seen.body.rules[0]!.rows,
      ...{ crm_teams: 1, crm_lead_routes: 1 },
      ...steps,
    });
    expect(done.moved).toBe(seen.body.total);
    await expectTreeAt(world(), person.tree, { segment: world().segment.a, owner: to });
    expect(await world().row('crm_teams', person.team)).toMatchObject({ leader: to });
    expect(await world().row('crm_lead_routes', person.route)).toMatchObject({ user: to });
    expect(await world().row('crm_approval_steps', person.step)).toMatchObject(
      who === 'sysadmin' ? { person: to, delegate: to } : { person: person.id, delegate: person.id },
    );
    expect(await world().row('crm_targets', person.target), 'what somebody was to reach stays theirs').toMatchObject({ user: person.id });
    expect(await world().row('crm_activities', person.assigned.id)).toMatchObject({
      owner: to,
      assignment: 'requested',
      assigned_by: world().id.headA,
    });

    const after = await everything(world());
    const changed = Object.entries(before).flatMap(([collection, rows]) =>
      (rows as Record<string, unknown>[]).flatMap((row) => {
        const now = (after[collection] as Record<string, unknown>[]).find(({ id }) => id === row['id'])!;
        return Object.keys(row).filter((field) => JSON.stringify(row[field]) !== JSON.stringify(now[field]));
      }),
    );
    expect([...new Set(changed)].sort(), 'stages, dates, history and authorship stay').toEqual(
      ['assignment', 'leader', 'owner', 'user', 'user_created', ...(who === 'sysadmin' ? ['delegate', 'person'] : [])].sort(),
    );
    expect((await preview(world(), who, body)).body.total, 'nothing is left to find').toBe(0);

    const logged = await database('crm_audit')
      .where({ collection: 'crm_customers', item: person.tree.customer.id })
      .orderBy('nth', 'desc')
      .first();
    expect(logged).toMatchObject({
      action: 'update',
      user: world().id[who],
      origin: 'job',
      reason: '离职交接',
      segment: world().segment.a,
    });

    const back = await undone(world(), who, done.id);
    expect(back.kept).toEqual([]);
    expect(await everything(world())).toEqual(before);
    await expectTrue(world());
  });

  test('N5: a field for a person that an administrator added is found, named and handed over', async () => {
    const name = await newcomer(world());
    const { root } = world();
    const field = `crm_key_contact_${randomUUID().slice(0, 6)}`;
    const made = await root.request('POST', '/fields/crm_customers', {
      field,
      type: 'uuid',
      meta: { interface: 'select-dropdown-m2o', special: ['m2o'] },
      schema: {},
    });
    expect(made.status, made.text).toBe(200);
    const linked = await root.request('POST', '/relations', {
      ...{ collection: 'crm_customers', field, related_collection: 'directus_users' },
      ...{ meta: { sort_field: null }, schema: { on_delete: 'SET NULL' } },
    });
    expect(linked.status, linked.text).toBe(200);
    const { id } = await world().create('repA1', 'crm_customers', { name: '有自定义人员字段的客户' });
    await world()
      .host.database('crm_customers')
      .where({ id })
      .update({ [field]: world().id[name] });
    const body = { from: world().id[name], rules: [{ to: world().id.repA2 }] };
    const seen = await preview(world(), 'adminA', body);
    expect(seen.body.kinds, seen.text).toEqual([{ collection: 'crm_customers', field, total: 1, goes: 1, left: 0 }]);
    const done = await handedOver(world(), 'adminA', body);
    expect(await world().row('crm_customers', id)).toMatchObject({ [field]: world().id.repA2, owner: world().id.repA1 });
    await undone(world(), 'adminA', done.id);
    expect(await world().row('crm_customers', id)).toMatchObject({ [field]: world().id[name] });
    expect((await root.request('DELETE', `/fields/crm_customers/${field}`)).status).toBe(204);
  });
}
