import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import type { World } from '../access/world.ts';
import { enter, freeze, hire, lockOut, reasonOf, thaw, type Hired } from './credentials.ts';

const PAST = () => new Date(Date.now() - 1000);

/** ACC-9: suspended past the freeze, its end, and what waits for whoever is frozen. */
export function lawSuite(world: () => World): void {
  const rows = (user: string) => world().host.database('crm_freezes').where({ user }).orderBy('date_created');
  const until = async (isSo: () => Promise<boolean>, ms = 30_000) => {
    for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) if (await isSo()) return;
    throw new Error('it did not come to that');
  };

  test('ACC-9: suspended in the form of the person is a freeze that is written down, active again a thaw', async () => {
    const { as, root, segment, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const patch = (client: typeof root, status: string) =>
      client.request('PATCH', `/users/${person.id}`, { status }, { headers: { 'x-crm-reason': encodeURIComponent('长期未到岗') } });
    expect((await patch(as.sysadmin, 'suspended')).status).toBe(200);
    expect(await rows(person.id)).toEqual([
      expect.objectContaining({ state: 'frozen', reason: '长期未到岗', frozen_by: id.sysadmin, segment: segment.a }),
    ]);
    expect((await world().row('directus_users', person.id))['token']).toBeNull();
    expect((await freeze(as.adminA, person.id)).status).toBe(409);
    const slipped = randomUUID();
    const session = { token: slipped, user: person.id, expires: new Date(Date.now() + 3_600_000) };
    await world().host.database('directus_sessions').insert(session);
    await world().host.database('directus_users').where({ id: person.id }).update({ token: slipped });
    expect((await patch(root, 'active')).status).toBe(200);
    const renewed = await world().host.anonymous.request('POST', '/auth/refresh', { refresh_token: slipped, mode: 'json' });
    expect([renewed.status, (await world().row('directus_users', person.id))['token']]).toEqual([401, null]);
    expect(await rows(person.id)).toEqual([expect.objectContaining({ state: 'thawed', thaw_reason: '长期未到岗' })]);
    const batch = await as.sysadmin.request('PATCH', '/users', { keys: [person.id], data: { status: 'suspended' } });
    expect(batch.status).toBe(200);
    expect((await rows(person.id)).filter(({ state }) => state === 'frozen')).toHaveLength(1);
    expect((await thaw(as.adminA, person.id)).status).toBe(200);
  });

  test('F4: a lock-out by the host is a freeze too: sessions and tokens end, its admins are told, a thaw opens it', async () => {
    const { host, as, segment, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const client = await enter(host.url, person);
    await host.database('directus_settings').update({ auth_login_attempts: 2 });
    try {
      for (let attempt = 0; attempt < 4; attempt += 1)
        expect((await host.anonymous.request('POST', '/auth/login', { email: person.email, password: 'wrong' })).status).toBe(401);
    } finally {
      await host.database('directus_settings').update({ auth_login_attempts: 25 });
    }
    await until(async () => (await rows(person.id)).length === 1);
    expect(await rows(person.id)).toEqual([
      expect.objectContaining({
        state: 'frozen',
        frozen_by: null,
        reason: expect.stringContaining('locked after failed log-ins'),
      }),
    ]);
    const minutes = (new Date((await rows(person.id))[0].until).getTime() - Date.now()) / 60_000;
    expect([minutes > 29, minutes <= 30]).toEqual([true, true]);
    expect(await host.database('directus_sessions').where({ user: person.id })).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 1100));
    expect([(await client.request('GET', '/users/me')).status, (await person.client.request('GET', '/users/me')).status]).toEqual([
      401, 401,
    ]);
    expect(
      await host.database('directus_notifications').where({ recipient: id.adminA, subject: '一个账号因多次登录失败被锁定' }),
    ).not.toEqual([]);
    expect((await thaw(as.adminA, person.id)).status).toBe(200);
    expect((await (await enter(host.url, person)).request('GET', '/users/me')).status).toBe(200);
  });

  test('N4, ACC-9: nobody outside shuts out the system admins for good: a lock-out is over after half an hour', async () => {
    const { host, segment, id } = world();
    const rep = await hire(world(), 'sales_rep', segment.a);
    const present = await host
      .database('directus_users')
      .where({ role: ROLE_IDS.system_admin, status: 'active' })
      .whereNot({ id: id.sysadmin })
      .first('id', 'email');
    const admin: Pick<Hired, 'id' | 'email'> = present ?? (await hire(world(), 'system_admin', null));
    await host.database('directus_settings').update({ auth_login_attempts: 1 });
    try {
      for (const { email } of [rep, admin, rep, admin])
        expect((await host.anonymous.request('POST', '/auth/login', { email, password: 'wrong' })).status).toBe(401);
    } finally {
      await host.database('directus_settings').update({ auth_login_attempts: 25 });
    }
    for (const person of [rep, admin]) {
      const standing = () => host.database('crm_freezes').where({ user: person.id, state: 'frozen' });
      await until(async () => (await standing()).length === 1);
      await expect(enter(host.url, person)).rejects.toThrow(/401/u);
      await standing().update({ until: PAST() });
      await until(async () => (await standing()).length === 0);
      expect((await (await enter(host.url, person)).request('GET', '/users/me')).status).toBe(200);
    }
  });

  test('ACC-9: whoever locked themselves out is frozen for good when an admin says so, and stays shut out all the while', async () => {
    const { host, as, segment, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    await lockOut(world(), person);
    const [locked] = await rows(person.id);
    const listed = async () =>
      (await as.adminA.request('GET', '/crm/people?state=frozen&limit=100')).body.people.find(
        (one: { id: string }) => one.id === person.id,
      );
    expect(await listed()).toMatchObject({
      state: 'frozen',
      freeze: { id: locked.id, frozen_by: null },
      can: { freeze: true, thaw: true },
    });
    const slipped = randomUUID();
    await host.database('directus_users').where({ id: person.id }).update({ token: slipped });
    expect((await freeze(as.adminB, person.id)).status, 'ORG-2').toBe(403);
    const answer = await freeze(as.adminA, person.id, { reason: '离职' });
    expect([answer.status, answer.body], answer.text).toEqual([
      200,
      expect.objectContaining({ state: 'frozen', until: null, early: true }),
    ]);
    expect(await rows(person.id)).toEqual([
      expect.objectContaining({
        id: locked.id,
        state: 'thawed',
        thawed_by: id.adminA,
        thaw_reason: '由新的冻结取代，账号一直处于冻结状态',
      }),
      expect.objectContaining({ id: answer.body.id, state: 'frozen', frozen_by: id.adminA, until: null, reason: '离职' }),
    ]);
    expect(await world().row('directus_users', person.id)).toMatchObject({ status: 'suspended', token: null });
    const logged = (item: string, action: string) => host.database('crm_audit').where({ collection: 'crm_freezes', item, action });
    expect([(await logged(locked.id, 'update')).length, (await logged(answer.body.id, 'create')).length]).toEqual([1, 1]);
    expect(await listed()).toMatchObject({ freeze: { id: answer.body.id, reason: '离职' }, can: { freeze: false, thaw: true } });
    expect(reasonOf(await freeze(as.adminA, person.id))).toBe('already_frozen');
    expect((await thaw(as.adminA, person.id)).status).toBe(200);
    expect((await (await enter(host.url, person)).request('GET', '/users/me')).status).toBe(200);
  });

  test('ACC-9, Q17: the end of a freeze is changed by another one, the form stays due as it was; the same end twice is a conflict', async () => {
    const { as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const [soon, later] = [inHours(1), inHours(30)];
    expect((await freeze(as.adminA, person.id, { reason: '调查', until: soon })).status).toBe(200);
    await world().host.database('crm_freezes').where({ user: person.id }).update({ access_request: 'filed' });
    expect(reasonOf(await freeze(as.adminA, person.id, { reason: '调查', until: soon }))).toBe('already_frozen');
    expect((await freeze(as.adminA, person.id, { reason: '继续调查', until: later })).body).toMatchObject({ until: later, early: true });
    const [first, second] = await rows(person.id);
    expect([first.state, second.state, second.access_request]).toEqual(['thawed', 'frozen', 'filed']);
    expect(String(second.form_due_on)).toBe(String(first.form_due_on));
    expect((await freeze(as.adminA, person.id, { reason: '离职' })).body).toMatchObject({ until: null });
    expect(reasonOf(await freeze(as.adminA, person.id, { reason: '调查', until: later }))).toBe('already_frozen');
    expect((await rows(person.id)).map(({ state }) => state)).toEqual(['thawed', 'thawed', 'frozen']);
    await thaw(as.adminA, person.id);
  });

  test('ACC-9: when its time is over it thaws by itself, once, also after a restart that missed it', async () => {
    const { host, as, segment, id } = world();
    const [one, missed, closed] = [
      await hire(world(), 'sales_rep', segment.a),
      await hire(world(), 'sales_rep', segment.a),
      await hire(world(), 'sales_rep', segment.a),
    ];
    const soon = new Date(Date.now() + 1500).toISOString();
    for (const { id: user } of [one, missed, closed])
      expect((await freeze(as.adminA, user, { reason: '调查中', until: soon })).status).toBe(200);
    await host.database('directus_users').where({ id: closed.id }).update({ status: 'archived' });
    await until(async () => (await rows(one.id))[0].state === 'thawed');
    expect((await rows(one.id))[0]).toMatchObject({ state: 'thawed', thawed_by: null });
    expect((await (await enter(host.url, one)).request('GET', '/users/me')).status).toBe(200);
    await until(async () => (await rows(closed.id))[0].state === 'thawed');
    expect((await world().row('directus_users', closed.id))['status']).toBe('archived');
    const told = () => host.database('directus_notifications').where({ recipient: id.adminA, subject: '一个账号的冻结期已满，已自动解冻' });
    await until(async () => (await told()).length === 3);

    await freeze(as.adminA, missed.id, { reason: '再次', until: new Date(Date.now() + 3_600_000).toISOString() });
    await host.halt();
    await host.database('crm_freezes').where({ user: missed.id, state: 'frozen' }).update({ until: PAST() });
    await host.restart();
    await until(async () => (await rows(missed.id)).every(({ state }) => state === 'thawed'));
    expect((await told()).length).toBe(4);
  });

  test('N4, APR-1: what waits for whoever is frozen goes to the next who may decide', async () => {
    const { as, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.c);
    const heir = await hire(world(), 'sales_rep', segment.c);
    const head = await hire(world(), 'segment_head', segment.c);
    const { id: customer } = await world().create(person.client, 'crm_customers', { name: '待划转' });
    const asked = await person.client.request('POST', '/items/crm_transfers', {
      customer,
      to_segment: segment.c,
      to_owner: heir.id,
      reason: '区域调整',
    });
    expect(asked.status, asked.text).toBe(200);
    const approval = await world().host.database('crm_approvals').where({ item: asked.body.data.id }).first();
    const inboxOf = async (client: typeof as.exec) =>
      (await client.request('GET', '/crm/approvals/inbox?limit=100')).body.approvals.some((one: { id: string }) => one.id === approval.id);
    expect([await inboxOf(head.client), await inboxOf(as.headA), await inboxOf(as.sysadmin)]).toEqual([true, true, false]);
    expect((await freeze(as.sysadmin, head.id)).status).toBe(200);
    expect([await inboxOf(as.headA), await inboxOf(as.sysadmin)]).toEqual([true, false]);
    await world().host.database('crm_user_segments').where({ crm_user: world().id.headA, crm_segment: segment.c }).delete();
    expect(await inboxOf(as.sysadmin)).toBe(true);
    const decided = await as.sysadmin.request('POST', `/crm/approvals/${approval.id}/decide`, { decision: 'approve', version: 1 });
    expect(decided.status, decided.text).toBe(200);
  });

  test('Q17: the list of people says who is frozen and what the reader may do, of the own reach alone', async () => {
    const { as, segment, id } = world();
    const person = await hire(world(), 'sales_rep', segment.a, { first_name: '名单上的人' });
    await freeze(as.adminA, person.id, { reason: '名单', until: '2099-12-31' });
    const list = async (client: typeof as.exec, query = '') => (await client.request('GET', `/crm/people?limit=100${query}`)).body;
    const mine = await list(as.adminA);
    expect(mine.people.every((one: { segment: { id: string } | null }) => one.segment?.id === segment.a)).toBe(true);
    expect(mine.people.find((one: { id: string }) => one.id === person.id)).toMatchObject({
      ...{ name: '名单上的人', state: 'frozen', role: 'sales_rep', can: { freeze: true, thaw: true } },
      freeze: { reason: '名单', until: '2099-12-31T16:00:00.000Z', early: true, frozen_by: { id: id.adminA } },
    });
    expect(mine.people.find((one: { id: string }) => one.id === id.headA)).toMatchObject({
      state: 'active',
      can: { freeze: false, thaw: false },
    });
    expect((await list(as.adminA, '&state=frozen&q=名单上')).total).toBe(1);
    expect((await list(as.adminA, '&q=%25')).total).toBe(0);
    expect((await list(as.sysadmin)).total).toBeGreaterThan(mine.total);
    for (const who of ['repA1', 'headA', 'exec'] as const) expect((await as[who].request('GET', '/crm/people')).status).toBe(403);
    expect((await as.adminA.request('GET', '/crm/people?limit=1000')).status).toBe(400);
    // Whoever moves while frozen brings the state along, not its reasons.
    expect((await as.sysadmin.request('PATCH', `/users/${person.id}`, { crm_segment: segment.b })).status).toBe(200);
    const there = (await list(as.adminB)).people.find((one: { id: string }) => one.id === person.id);
    expect(there).toMatchObject({ state: 'frozen', freeze: null, can: { thaw: true } });
    await thaw(as.adminB, person.id);
  });
}
