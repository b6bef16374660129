import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { createClient } from '../../harness/client.ts';
import type { World } from './world.ts';

/** Who may be what, and how many of them. */
export function peopleSuite(world: () => World): void {
  const patch = (id: string, change: Record<string, unknown>) => world().as.sysadmin.request('PATCH', `/users/${id}`, change);
  const managed = async (id: string): Promise<string[]> =>
    (await world().host.database('crm_user_segments').where({ crm_user: id }).pluck('crm_segment')).sort();
  const hire = async (role: keyof typeof ROLE_IDS, segment: string | null, more: Record<string, unknown> = {}) => {
    const answer = await world().user({ role: ROLE_IDS[role], crm_segment: segment, ...more }, world().as.sysadmin);
    return { status: answer.status, text: answer.text, id: answer.body?.data?.id };
  };

  test('people: what is typed as two names is stored as the one that the Studio shows', async () => {
    const { id } = await hire('sales_rep', world().segment.b, { first_name: '小明', last_name: '王' });
    expect(await world().row('directus_users', id)).toMatchObject({ first_name: '王小明', last_name: null });
    expect((await patch(id, { first_name: 'Anna', last_name: 'Lee' })).status).toBe(200);
    expect(await world().row('directus_users', id)).toMatchObject({ first_name: 'Anna Lee', last_name: null });
    expect((await patch(id, { last_name: 'King' })).status).toBe(200);
    expect(await world().row('directus_users', id)).toMatchObject({ first_name: 'Anna Lee King', last_name: null });
  });

  test('ORG-8: a system admin creates and changes users of the five roles', async () => {
    const rep = await hire('sales_rep', world().segment.b);
    expect(rep.status, rep.text).toBe(200);
    expect((await patch(rep.id, { crm_position: '经理', status: 'suspended' })).status).toBe(200);
  });

  test('F9: a system admin gives no other role, no policy, and does not touch the technical admin', async () => {
    const host = await world().host.database('directus_policies').where({ admin_access: true }).first('id');
    const technical = await world().root.request<{ data: { id: string; role: string } }>('GET', '/users/me');
    const { id, role } = technical.body.data;
    expect((await patch(world().id.repA1, { role })).status).toBeGreaterThanOrEqual(400);
    expect((await patch(world().id.repA1, { policies: [{ policy: host.id }] })).status).toBe(403);
    expect((await patch(id, { status: 'suspended' })).status).toBe(403);
    const email = `${randomUUID()}@example.com`;
    for (const wrong of [{ role }, { role: null }, {}, { role: { name: '自建', policies: [{ policy: host.id }] } }]) {
      const answer = await world().as.sysadmin.request('POST', '/users', { email, ...wrong });
      expect(answer.status, JSON.stringify(wrong)).toBeGreaterThanOrEqual(400);
    }
    expect(await world().host.database('directus_users').where({ email })).toEqual([]);
  });

  test('F9: nobody changes the own role, status or segment', async () => {
    for (const change of [{ role: ROLE_IDS.sales_rep }, { status: 'suspended' }, { crm_segment: world().segment.a }]) {
      const answer = await patch(world().id.sysadmin, change);
      expect(answer.status, answer.text).toBe(403);
      expect(answer.text).toContain('不能修改自己的角色');
    }
    expect((await patch(world().id.sysadmin, { crm_position: '主管', role: ROLE_IDS.system_admin })).status).toBe(200);
    expect(
      (await world().as.headA.request('POST', '/items/crm_user_segments', { crm_user: world().id.headA, crm_segment: world().segment.b }))
        .status,
    ).toBe(403);
  });

  test('ORG-7: the third active segment admin of a segment is refused, on every way to become one', async () => {
    expect((await hire('segment_admin', world().segment.b)).status).toBe(200);
    const third = await hire('segment_admin', world().segment.b);
    expect(third.status).toBe(400);
    expect(third.text).toContain('每个版块最多两名在职的版块管理员');
    const waiting = await hire('segment_admin', world().segment.b, { status: 'suspended' });
    expect(waiting.status, waiting.text).toBe(200);
    expect((await patch(waiting.id, { status: 'active' })).status).toBe(400);
    expect((await patch(world().id.repB, { role: ROLE_IDS.segment_admin })).status).toBe(400);
    expect((await patch(world().id.adminA, { crm_segment: world().segment.b })).status).toBe(400);
    expect(
      (await patch(world().id.adminA, { crm_managed_segments: { create: [{ crm_segment: world().segment.b }], update: [], delete: [] } }))
        .status,
    ).toBe(400);
    const direct = await world().as.sysadmin.request('POST', '/items/crm_user_segments', {
      crm_user: world().id.adminA,
      crm_segment: world().segment.b,
    });
    expect(direct.status).toBe(400);
    const batch = await world().as.sysadmin.request('PATCH', '/users', {
      keys: [waiting.id, world().id.repB],
      data: { role: ROLE_IDS.segment_admin, status: 'active' },
    });
    expect(batch.status).toBe(400);
    expect(await managed(world().id.adminA)).toEqual([world().segment.a]);
  });

  test('ORG-9: a company names one project owner, a head or executive of its own, and keeps one', async () => {
    const company = (project_owner: unknown) =>
      world().as.sysadmin.request('PATCH', `/items/crm_companies/${world().company}`, { project_owner });
    expect((await company(world().id.repA1)).status).toBe(400);
    expect((await company(world().id.exec)).status).toBe(400);
    expect((await company(world().id.headA)).status).toBe(200);
    expect((await company(null)).status).toBe(400);
    expect((await world().as.sysadmin.request('PATCH', `/items/crm_companies/${world().company}`, { name: '甲公司（改）' })).status).toBe(
      200,
    );
  });

  test('Q18: a head’s home segment is always among the managed ones, and a home that was left goes', async () => {
    const { id } = await hire('segment_head', world().segment.b);
    expect(await managed(id)).toEqual([world().segment.b]);
    expect((await patch(id, { crm_segment: world().segment.c })).status).toBe(200);
    expect(await managed(id)).toEqual([world().segment.c]);
    expect(
      (await patch(id, { crm_managed_segments: { create: [{ crm_segment: world().segment.b }], update: [], delete: [] } })).status,
    ).toBe(200);
    expect(await managed(id)).toEqual([world().segment.b, world().segment.c].sort());
    const home = await world().host.database('crm_user_segments').where({ crm_user: id, crm_segment: world().segment.c }).first('id');
    expect((await world().as.sysadmin.request('DELETE', `/items/crm_user_segments/${home.id}`)).status).toBe(204);
    expect(await managed(id)).toEqual([world().segment.b, world().segment.c].sort());
    expect((await patch(id, { crm_segment: null })).status).toBe(200);
    expect(await managed(id)).toEqual([world().segment.b]);
  });

  test('F11: who stops being a head manages nothing, also when a head again later', async () => {
    const { id } = await hire('segment_head', world().segment.b, { crm_managed_segments: [{ crm_segment: world().segment.c }] });
    expect(await managed(id)).toEqual([world().segment.b, world().segment.c].sort());
    expect((await patch(id, { role: ROLE_IDS.sales_rep })).status).toBe(200);
    expect(await managed(id)).toEqual([]);
    expect((await patch(id, { role: ROLE_IDS.segment_head })).status).toBe(200);
    expect(await managed(id)).toEqual([world().segment.b]);
    const rep = await hire('sales_rep', world().segment.b, { crm_managed_segments: [{ crm_segment: world().segment.c }] });
    expect(rep.status).toBe(400);
  });

  test('Q21: the group pool is the home of group staff and of nobody else', async () => {
    expect((await hire('sales_rep', GROUP_SEGMENT_ID)).status).toBe(400);
    expect((await hire('segment_head', world().segment.a, { crm_managed_segments: [{ crm_segment: GROUP_SEGMENT_ID }] })).status).toBe(400);
    const { id } = await hire('group_executive', world().segment.a);
    expect((await world().row('directus_users', id))['crm_segment']).toBe(GROUP_SEGMENT_ID);
  });

  test('ORG-8: at most two active system admins, and never none', async () => {
    expect((await world().root.request('PATCH', `/users/${world().id.sysadmin}`, { status: 'suspended' })).status).toBe(400);
    expect((await world().root.request('PATCH', `/users/${world().id.sysadmin}`, { role: ROLE_IDS.sales_rep })).status).toBe(400);
    expect((await world().root.request('DELETE', `/users/${world().id.sysadmin}`)).status).toBeGreaterThanOrEqual(400);
    const second = await hire('system_admin', null);
    expect(second.status, second.text).toBe(200);
    const third = await hire('system_admin', null);
    expect(third.status).toBe(400);
    expect(third.text).toContain('集团最多两名在职的系统管理员');
    const token = randomUUID();
    await world().host.database('directus_users').where({ id: second.id }).update({ token });
    const other = createClient(world().host.url, token);
    const duel = await Promise.all([
      patch(second.id, { status: 'suspended' }),
      other.request('PATCH', `/users/${world().id.sysadmin}`, { status: 'suspended' }),
    ]);
    expect(duel.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    const { database } = world().host;
    const { role } = await world().row('directus_users', world().id.sysadmin);
    const both = () => database('directus_users').whereIn('id', [second.id, world().id.sysadmin]);
    await both().update({ status: 'active' });
    for (let round = 0; round < 4; round++) {
      const demote = { role: ROLE_IDS.sales_rep, crm_segment: world().segment.a };
      await Promise.all([patch(second.id, demote), other.request('PATCH', `/users/${world().id.sysadmin}`, demote)]);
      expect((await both().where({ role, status: 'active' })).length, 'ORG-8: two who demote each other').toBeGreaterThanOrEqual(1);
      await both().update({ status: 'active', role, crm_segment: world().segment.pool });
    }
    const capitals = await world().as.sysadmin.request('PATCH', `/users/${world().id.sysadmin.toUpperCase()}`, { status: 'suspended' });
    expect([capitals.status, (await world().row('directus_users', world().id.sysadmin))['status']]).toEqual([403, 'active']);
    expect((await world().as.sysadmin.request('DELETE', `/users/${second.id}`)).status).toBe(403);
  });

  test('ORG-7, ORG-8: nobody becomes one of ours by an invitation, which no headcount sees', async () => {
    for (const by of [world().root, world().as.sysadmin]) {
      const invited = await by.request('POST', '/users/invite', { email: `${randomUUID()}@example.com`, role: ROLE_IDS.segment_admin });
      expect(invited.status).toBeGreaterThanOrEqual(400);
      expect(invited.status).toBeLessThan(500);
    }
    expect((await hire('sales_rep', world().segment.a, { status: 'invited' })).status).toBe(400);
    const { id } = await hire('sales_rep', world().segment.a);
    expect((await patch(id, { status: 'invited' })).status).toBe(400);
    expect(await world().host.database('directus_users').where({ status: 'invited' })).toEqual([]);
  });

  test('Q18: a managed segment that is taken away shows nothing from the next request on', async () => {
    const row = await world().create('repC', 'crm_customers', { name: '丙' });
    const read = () => world().as.headA.request('GET', `/items/crm_customers/${row.id}`);
    expect((await read()).status).toBe(200);
    await world().as.sysadmin.request(
      'DELETE',
      '/items/crm_user_segments',
      await world().host.database('crm_user_segments').where({ crm_user: world().id.headA, crm_segment: world().segment.c }).pluck('id'),
    );
    expect((await read()).status).toBe(403);
  });

  test('ORG-10: heads and segment admins keep the teams of their segment; nobody of another segment sees them', async () => {
    const team = await world().create('adminA', 'crm_teams', { name: '一部', leader: world().id.repA1 });
    expect(team.segment).toBe(world().segment.a);
    expect((await world().as.repA2.request('GET', `/items/crm_teams/${team.id}`)).status).toBe(200);
    expect((await world().as.repB.request('GET', `/items/crm_teams/${team.id}`)).status).toBe(403);
    expect((await world().as.repA1.request('POST', '/items/crm_teams', { name: '二部' })).status).toBe(403);
    expect(
      (await world().as.adminA.request('PATCH', `/items/crm_teams/${team.id}`, { leader: world().id.repB })).status,
    ).toBeGreaterThanOrEqual(400);
    expect((await patch(world().id.repA1, { crm_team: team.id })).status).toBe(200);
  });
}
