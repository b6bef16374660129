import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { freeze, hire, lockOut, reasonOf, thaw, type Hired } from './credentials.ts';

/** ACC-9, Q5, Q17, N4: who may, what is refused, and dual control of system admins. */
export function rightsSuite(world: () => World): void {
  let second: Hired;
  beforeAll(async () => {
    second = await hire(world(), 'system_admin', null);
  });
  const openRows = (user: string) => world().host.database('crm_freezes').where({ user }).whereIn('state', ['frozen', 'pending']);
  const status = async (id: string) => (await world().row('directus_users', id))['status'];
  const decide = async (freezeId: string, decision: 'approve' | 'reject', by: Client) => {
    const approval = await world().host.database('crm_approvals').where({ item: freezeId }).first();
    return by.request('POST', `/crm/approvals/${approval.id}/decide`, { decision, version: Number(approval.version), comment: '已核实' });
  };
  /** Asked by one system admin, approved by an executive. */
  const freezeAdmin = async (by: Client, id: string) => {
    const asked = await freeze(by, id);
    return asked.status === 202 ? decide(asked.body.id, 'approve', world().as.exec) : asked;
  };

  test('Q17, ORG-2: nobody else, and somebody else’s person answers as nobody', async () => {
    const { as, id } = world();
    const absent = await freeze(as.adminA, randomUUID());
    expect(absent.status).toBe(403);
    for (const target of [id.repB, id.headB, id.exec, id.sysadmin, 'no-uuid'])
      for (const route of [freeze, thaw]) {
        const answer = await route(as.adminA, target);
        expect([target, answer.status, answer.text]).toEqual([target, 403, absent.text]);
      }
    for (const who of ['repA1', 'headA', 'exec'] as const)
      for (const target of [id.repA2, randomUUID()]) {
        const answer = await freeze(as[who], target);
        expect([who, answer.status, answer.text]).toEqual([who, 403, absent.text]);
      }
    expect((await freeze(world().root, id.repA2)).text).toBe(absent.text);
    expect((await freeze(world().host.anonymous, id.repA2)).status).toBe(403);
    expect(reasonOf(await freeze(as.adminA, id.headA))).toBe('reps_only');
    expect(reasonOf(await freeze(as.adminA, id.adminA))).toBe('own_freeze');
    expect(reasonOf(await freeze(as.sysadmin, id.sysadmin))).toBe('own_freeze');
    expect(reasonOf(await thaw(as.sysadmin, id.repA2))).toBe('not_frozen');
    for (const body of [
      {},
      { reason: ' ' },
      { reason: 'x', until: 'morgen' },
      { reason: 'x', more: 1 },
      { reason: 'x', until: '2026-02-30' },
      { reason: 'a\u0000b' },
    ])
      expect([body, (await freeze(as.adminA, id.repA2, body)).status]).toEqual([body, 400]);
    expect(reasonOf(await freeze(as.adminA, id.repA2, { reason: 'x', until: '2020-01-01' }))).toBe('until_past');
    expect((await as.adminA.request('GET', '/crm/people?q=%00')).status, 'no database keeps it').toBe(400);
    expect(await openRows(id.repA2)).toEqual([]);
  });

  test('ACC-9, Q17: frozen early in one step, with its row, its log and the form that is due; frozen again is a conflict', async () => {
    const { as, id, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const both = await Promise.all([
      freeze(as.adminA, person.id, { reason: '异常下载', until }),
      freeze(as.sysadmin, person.id, { reason: '异常下载', until }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(reasonOf(both.find((one) => one.status === 409)!)).toBe('already_frozen');
    const [row, ...more] = await openRows(person.id);
    expect([more, row]).toEqual([[], expect.objectContaining({ state: 'frozen', reason: '异常下载', segment: segment.a })]);
    expect([id.adminA, id.sysadmin]).toContain(row.frozen_by);
    expect([Boolean(row.early), row.form_due_on === null]).toEqual([true, false]);
    const log = await host
      .database('crm_audit')
      .where({ collection: 'directus_users', item: person.id, action: 'update' })
      .orderBy('at', 'desc')
      .first();
    expect([log.user, JSON.stringify(log.after)]).toEqual([row.frozen_by, expect.stringContaining('suspended')]);
    expect((await as.repA1.request('GET', '/items/crm_freezes')).status).toBe(403);
    expect((await as.headA.request('GET', `/items/crm_freezes/${row.id}`)).status).toBe(200);
    expect((await as.adminB.request('GET', `/items/crm_freezes/${row.id}`)).status).toBe(403);
    for (const method of ['PATCH', 'DELETE'] as const)
      expect((await as.sysadmin.request(method, `/items/crm_freezes/${row.id}`, { reason: 'x' })).status).toBe(403);
    expect((await thaw(as.adminB, person.id)).status).toBe(403);
    const thawed = await Promise.all([thaw(as.adminA, person.id), thaw(as.sysadmin, person.id)]);
    expect(thawed.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(await world().row('crm_freezes', row.id)).toMatchObject({ state: 'thawed', thaw_reason: '已核实' });
    expect(await status(person.id)).toBe('active');
  });

  test('ACC-9: heads, admins and executives are frozen by a system admin', async () => {
    const { as, segment } = world();
    for (const [role, home] of [
      ['segment_head', segment.b],
      ['segment_admin', segment.b],
      ['group_executive', null],
    ] as const) {
      const person = await hire(world(), role, home);
      expect((await freeze(as.adminB, person.id)).status).toBe(403);
      expect((await freeze(as.sysadmin, person.id)).body.state).toBe('frozen');
      expect((await person.client.request('GET', '/users/me')).status).toBe(401);
      expect((await thaw(as.sysadmin, person.id)).status).toBe(200);
    }
  });

  test('Q5, N4: a system admin is frozen by the other one and an executive, and by no other way', async () => {
    const { as, root, id } = world();
    const asked = await freeze(as.sysadmin, second.id);
    expect([asked.status, asked.body.state, await status(second.id)]).toEqual([202, 'pending', 'active']);
    expect(reasonOf(await freeze(as.sysadmin, second.id))).toBe('already_asked');
    for (const by of [as.sysadmin, second.client, as.headA]) expect((await decide(asked.body.id, 'approve', by)).status).toBe(403);
    for (const by of [as.sysadmin, root])
      for (const change of [
        { status: 'suspended' },
        { status: 'archived' },
        { role: ROLE_IDS.sales_rep, crm_segment: world().segment.a },
        { email: `${randomUUID()}@example.com` },
        { crm_pending_exam: true },
      ]) {
        const answer = await by.request('PATCH', `/users/${second.id}`, change);
        expect([change, answer.status, reasonOf(answer)]).toEqual([change, 403, 'use_freeze']);
      }
    for (const change of [{ password: 'Mine-from-now-2026!' }, { token: randomUUID() }, { external_identifier: 'mine' }]) {
      const answer = await root.request('PATCH', '/users', { keys: [second.id], data: change });
      expect([change, answer.status, reasonOf(answer)]).toEqual([change, 403, 'use_freeze']);
    }
    for (const by of [as.sysadmin, second.client])
      expect((await by.request('PATCH', '/users/me', { crm_pending_exam: true })).status, 'ACC-11, F9').toBe(403);
    expect((await root.request('DELETE', `/users/${second.id}`)).status).toBeGreaterThanOrEqual(400);
    expect((await second.client.request('GET', '/users/me')).status).toBe(200);
    expect((await decide(asked.body.id, 'reject', as.exec)).status).toBe(200);
    expect(await world().row('crm_freezes', asked.body.id)).toMatchObject({ state: 'refused', approved_by: id.exec });
    expect(await status(second.id)).toBe('active');

    expect((await freezeAdmin(as.sysadmin, second.id)).status).toBe(200);
    expect([await status(second.id), (await second.client.request('GET', '/users/me')).status]).toEqual(['suspended', 401]);
    expect((await openRows(second.id))[0]).toMatchObject({ state: 'frozen', frozen_by: id.sysadmin, approved_by: id.exec });
    expect((await thaw(as.adminA, second.id)).status).toBe(403);
    expect((await thaw(as.sysadmin, second.id)).status).toBe(200);
    second.client = (await again(second)).client;
  });

  test('Q5: two who are one do not decide: no executive of the asker’s making, and none whom the accused removes first', async () => {
    const { as, host, segment, id } = world();
    const mine = await world().user({ email: `${randomUUID()}@example.com`, role: ROLE_IDS.group_executive }, as.sysadmin);
    const raised = await hire(world(), 'segment_head', segment.b);
    expect((await as.sysadmin.request('PATCH', `/users/${raised.id}`, { role: ROLE_IDS.group_executive })).status).toBe(200);
    const linked = await hire(world(), 'group_executive', null);
    expect((await as.sysadmin.request('POST', `/crm/users/${linked.id}/reset-link`)).status).toBe(200);
    const executives = () => host.database('directus_users').where({ role: ROLE_IDS.group_executive, status: 'active' });
    const bound = [mine.body.data.id, raised.id, linked.id];
    const others: string[] = await executives().whereNotIn('id', bound).pluck('id');
    const everybody = (status: string) => host.database('directus_users').whereIn('id', others).update({ status });
    await everybody('draft');
    expect(reasonOf(await freeze(as.sysadmin, second.id))).toBe('no_executive');
    await everybody('active');
    const theirs = await hire(world(), 'group_executive', null);
    expect((await second.client.request('POST', `/crm/users/${theirs.id}/reset-link`)).status).toBe(200);
    const asked = await freeze(as.sysadmin, second.id);
    expect(asked.status).toBe(202);
    for (const executive of bound) {
      const { client } = await again({ ...second, id: executive });
      const answer = await decide(asked.body.id, 'approve', client);
      expect([answer.status, reasonOf(answer)]).toEqual([403, 'executive_bound']);
    }
    for (const act of [
      () => freeze(second.client, id.exec),
      () => second.client.request('PATCH', `/users/${id.exec}`, { status: 'suspended' }),
      () => second.client.request('PATCH', `/users/${id.exec}`, { email: `${randomUUID()}@example.com` }),
    ])
      expect(reasonOf(await act())).toBe('judges_removed');
    for (const judge of [linked.id, id.exec])
      expect(reasonOf(await second.client.request('POST', `/crm/users/${judge}/reset-link`))).toBe('judges_removed');
    expect(reasonOf(await second.client.request('POST', `/crm/users/${id.sysadmin}/reset-link`))).toBe('admin_on_server');
    expect(reasonOf(await decide(asked.body.id, 'reject', (await again({ ...second, id: theirs.id })).client))).toBe('executive_bound');
    expect((await decide(asked.body.id, 'reject', as.exec)).status).toBe(200);
    expect(await status(second.id)).toBe('active');
  });

  /** A new static token: the freeze has taken the old one. */
  const again = async (person: Hired): Promise<Hired> => {
    const token = randomUUID();
    await world().host.database('directus_users').where({ id: person.id }).update({ token });
    const { createClient } = await import('../../harness/client.ts');
    return { ...person, client: createClient(world().host.url, token) };
  };

  test('N4: two system admins who freeze each other at once: one effect; the last one is never frozen', async () => {
    const { as, id } = world();
    const asked = await Promise.all([freeze(as.sysadmin, second.id), freeze(second.client, id.sysadmin)]);
    expect(asked.map((one) => one.status)).toEqual([202, 202]);
    const decided = await Promise.all(asked.map((one) => decide(one.body.id, 'approve', as.exec)));
    expect(decided.map((one) => one.status).sort()).toEqual([200, 409]);
    expect(reasonOf(decided.find((one) => one.status === 409)!)).toBe('last_system_admin');
    const statuses = [await status(id.sysadmin), await status(second.id)];
    expect(statuses.sort()).toEqual(['active', 'suspended']);
    // Whoever is left thaws the other; the request that came to nothing is rejected.
    const left =
      (await status(id.sysadmin)) === 'active'
        ? { person: id.sysadmin, client: as.sysadmin, frozen: second.id }
        : { person: second.id, client: second.client, frozen: id.sysadmin };
    const open = asked.find((one) => one.body.id && one.status === 202 && one.body.user === left.person)!;
    expect((await decide(open.body.id, 'reject', as.exec)).status).toBe(200);
    expect((await thaw(left.client, left.frozen)).status).toBe(200);
    for (const [person, name] of [
      [id.sysadmin, 'sysadmin'],
      [second.id, null],
    ] as const) {
      const fresh = await again({ ...second, id: person });
      if (name) as[name] = fresh.client;
      else second.client = fresh.client;
    }
  });

  test('Q5, N4: a decision and freezes at the same moment come one after the other; the executive sees no conflict', async () => {
    const { as } = world();
    for (let round = 0; round < 3; round += 1) {
      const asked = await freeze(as.sysadmin, second.id);
      expect(asked.status, asked.text).toBe(202);
      const others = Array.from({ length: 4 }, () => freeze(as.sysadmin, second.id));
      const [decided, ...refused] = await Promise.all([decide(asked.body.id, 'approve', as.exec), ...others]);
      expect([round, decided.status], decided.text).toEqual([round, 200]);
      expect(refused.map((one) => one.status)).toEqual([409, 409, 409, 409]);
      expect((await thaw(as.sysadmin, second.id)).status).toBe(200);
    }
    second = await again(second);
  });

  test('Q5, N4: an executive freezes a system admin also when that one was locked out, before it was asked or since', async () => {
    const { as, id } = world();
    for (const isAskedFirst of [true, false]) {
      if (!isAskedFirst) await lockOut(world(), second);
      const asked = await freeze(as.sysadmin, second.id);
      expect([isAskedFirst, asked.status, asked.body.state], asked.text).toEqual([isAskedFirst, 202, 'pending']);
      if (isAskedFirst) await lockOut(world(), second);
      expect(await openRows(second.id)).toHaveLength(2);
      expect(reasonOf(await freeze(as.sysadmin, second.id))).toBe('already_asked');
      const { people } = (await as.sysadmin.request('GET', '/crm/people?state=frozen&limit=100')).body;
      expect(people.find((one: { id: string }) => one.id === second.id)).toMatchObject({
        ...{ state: 'frozen', can: { freeze: false, thaw: true } },
        freeze: { frozen_by: null, is_asked: true },
      });
      const decided = await decide(asked.body.id, 'approve', as.exec);
      expect([isAskedFirst, decided.status], decided.text).toEqual([isAskedFirst, 200]);
      expect(await openRows(second.id)).toEqual([
        expect.objectContaining({ id: asked.body.id, state: 'frozen', frozen_by: id.sysadmin, approved_by: id.exec, until: null }),
      ]);
      expect(await status(second.id)).toBe('suspended');
      expect((await thaw(as.sysadmin, second.id)).status).toBe(200);
      second = await again(second);
    }
  });

  test('N4: while one system admin is frozen the other is the last one, whoever agrees', async () => {
    const { as, id } = world();
    const asked = await freeze(second.client, id.sysadmin);
    expect(asked.status).toBe(202);
    expect((await freezeAdmin(as.sysadmin, second.id)).status).toBe(200);
    expect(reasonOf(await decide(asked.body.id, 'approve', as.exec))).toBe('last_system_admin');
    expect((await decide(asked.body.id, 'reject', as.exec)).status).toBe(200);
    expect((await thaw(as.sysadmin, second.id)).status).toBe(200);
    second = await again(second);
  });

  test('ORG-7: a thaw waits for room in the post', async () => {
    const { as, segment } = world();
    const admin = await hire(world(), 'segment_admin', segment.a);
    await freeze(as.sysadmin, admin.id);
    const other = await hire(world(), 'segment_admin', segment.a);
    expect(reasonOf(await thaw(as.sysadmin, admin.id))).toBe('headcount_full');
    expect((await freeze(as.sysadmin, other.id)).status).toBe(200);
    expect((await thaw(as.sysadmin, admin.id)).status).toBe(200);
    await freeze(as.sysadmin, admin.id);
  });
}
