import { beforeAll, expect, test } from 'vitest';
import { COLLECTIONS } from '../../../extensions/crm/src/kernel/collections.ts';
import type { PersonName, Stored, World } from './world.ts';

interface Ids {
  data: { id: string }[];
}

/** What each role sees and may do; runs first, on a world where nothing else was entered. */
export function rolesSuite(world: () => World): void {
  let ofA1: Stored;
  let ofA2: Stored;
  let ofB: Stored;
  let ofC: Stored;

  beforeAll(async () => {
    ofA1 = await world().create('repA1', 'crm_customers', { name: '甲一客户有限公司' });
    ofA2 = await world().create('repA2', 'crm_customers', { name: '甲二客户有限公司' });
    ofB = await world().create('repB', 'crm_customers', { name: '乙客户有限公司' });
    ofC = await world().create('repC', 'crm_customers', { name: '丙客户有限公司' });
  });

  const list = async (who: PersonName, path: string) =>
    (await world().as[who].request<Ids>('GET', path)).body.data.map(({ id }) => id).sort();
  const customers = (who: PersonName) => list(who, '/items/crm_customers?fields=id&limit=-1');
  const all = () => [ofA1, ofA2, ofB, ofC].map(({ id }) => id).sort();

  test('ORG-6: a rep sees own rows of the own segment only', async () => {
    expect(await customers('repA1')).toEqual([ofA1.id]);
    expect(await customers('repB')).toEqual([ofB.id]);
  });

  test('ORG-5, ORG-7: a head and a segment admin see the whole segment and nothing else', async () => {
    expect(await customers('adminA')).toEqual([ofA1.id, ofA2.id].sort());
    expect(await customers('headB')).toEqual([ofB.id]);
  });

  test('Q18: a head of several segments sees all of them', async () => {
    expect(await customers('headA')).toEqual([ofA1.id, ofA2.id, ofC.id].sort());
  });

  test('ORG-4, ORG-8: executives and system admins see every segment', async () => {
    expect(await customers('exec')).toEqual(all());
    expect(await customers('sysadmin')).toEqual(all());
  });

  const ABOUT_PEOPLE = ['crm_access_requests', 'crm_freezes', 'crm_handovers', 'crm_logins'];
  test('F6: a rep or head without a segment sees nothing and enters nothing', async () => {
    for (const who of ['lostRep', 'lostHead'] as const) {
      for (const [collection, { tenancy }] of Object.entries(COLLECTIONS)) {
        if (tenancy !== 'owned' && tenancy !== 'segmental') continue;
        const { status, body } = await world().as[who].request<Ids>('GET', `/items/${collection}?limit=-1`);
        // Of the looks at sealed values nobody but administrators reads any, what is filed about people is for those who answer for them.
        const isShut = collection === 'crm_reveals' || (who === 'lostRep' && ABOUT_PEOPLE.includes(collection));
        if (isShut) expect(status, `${who} ${collection}`).toBe(403);
        else expect(body.data, `${who} ${collection}`).toEqual([]);
      }
      expect(await list(who, '/users?fields=id&limit=-1')).toEqual([world().id[who]]);
      expect((await world().as[who].request('POST', '/items/crm_customers', { name: '无版块' })).status).toBe(403);
    }
    const count = await world().as.lostRep.request<{ data: { count: string }[] }>('GET', '/items/crm_customers?aggregate[count]=*');
    expect(Number(count.body.data[0]?.count)).toBe(0);
  });

  test('ORG-2: people: a segment sees its own and the group staff, nobody of other segments', async () => {
    const people = (who: PersonName) => list(who, '/users?fields=id&limit=-1');
    const named = (...names: PersonName[]) => names.map((name) => world().id[name]).sort();
    const inA = ['headA', 'adminA', 'repA1', 'repA2'] as const;
    expect(await people('repA1')).toEqual(named(...inA, 'sysadmin', 'exec'));
    expect(await people('adminA')).toEqual(named(...inA, 'sysadmin', 'exec'));
    expect(await people('headA')).toEqual(named(...inA, 'repC', 'sysadmin', 'exec'));
    expect(await people('repB')).toEqual(named('headB', 'adminB', 'repB', 'sysadmin', 'exec'));
    expect((await people('exec')).length).toBeGreaterThanOrEqual(12);
  });

  test('ORG-2: a rep reads names of colleagues, not how they log in', async () => {
    const { body } = await world().as.repA1.request<{ data: Record<string, unknown>[] }>(
      'GET',
      `/users?filter[id][_eq]=${world().id.repA2}&fields=*`,
    );
    expect(body.data[0]).toMatchObject({ id: world().id.repA2, first_name: 'repA2' });
    for (const secret of ['email', 'role', 'tfa_secret', 'last_access']) expect(body.data[0]?.[secret] ?? null).toBeNull();
  });

  test('ORG-2: one segment’s row and no row are the same answer, by id, update and delete', async () => {
    const absent = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
    for (const [method, body] of [['GET'], ['PATCH', { name: '改' }], ['DELETE']] as const) {
      const foreign = await world().as.repA1.request(method, `/items/crm_customers/${ofB.id}`, body);
      const none = await world().as.repA1.request(method, `/items/crm_customers/${absent}`, body);
      expect(foreign.status, method).toBe(403);
      expect(foreign.text.replaceAll(ofB.id, absent)).toBe(none.text);
    }
  });

  test('ORG-4: an executive edits, deletes and creates nothing but activities', async () => {
    const { exec } = world().as;
    expect((await exec.request('PATCH', `/items/crm_customers/${ofA1.id}`, { name: '改' })).status).toBe(403);
    expect((await exec.request('DELETE', `/items/crm_customers/${ofA1.id}`)).status).toBe(403);
    expect((await exec.request('POST', '/items/crm_customers', { name: '新', segment: ofA1.segment, owner: ofA1.owner })).status).toBe(403);
  });

  test('design 2: only a system admin deletes business rows', async () => {
    const row = await world().create('repA1', 'crm_customers', { name: '将删除' });
    for (const who of ['repA1', 'adminA', 'headA'] as const) {
      expect((await world().as[who].request('DELETE', `/items/crm_customers/${row.id}`)).status).toBe(403);
    }
    expect((await world().as.sysadmin.request('DELETE', `/items/crm_customers/${row.id}`)).status).toBe(204);
  });

  test('ORG-8: a system admin cannot touch roles, policies, permissions, settings, flows or the schema', async () => {
    const { sysadmin } = world().as;
    const attempts: [string, string, unknown][] = [
      ['POST', '/roles', { name: 'x' }],
      ['POST', '/policies', { name: 'x', admin_access: true }],
      ['POST', '/permissions', { collection: 'crm_customers', action: 'read', policy: null }],
      ['PATCH', '/settings', { project_name: 'x' }],
      ['POST', '/flows', { name: 'x' }],
      ['POST', '/collections', { collection: 'x', schema: {} }],
      ['POST', '/fields/crm_customers', { field: 'x', type: 'string' }],
    ];
    for (const [method, path, body] of attempts) expect((await sysadmin.request(method, path, body)).status, path).toBe(403);
  });

  test('ORG-11: nobody logged in sees nothing', async () => {
    for (const path of ['/items/crm_customers', '/users', '/files', '/items/crm_segments']) {
      expect([401, 403]).toContain((await world().host.anonymous.request('GET', path)).status);
    }
  });

  test('contract: everyone reads id, code and name of segments, and not how other segments work', async () => {
    const { body } = await world().as.repA1.request<{ data: Record<string, unknown>[] }>('GET', '/items/crm_segments?limit=-1');
    expect(Object.keys(body.data[0]!).sort()).toEqual(['code', 'id', 'name']);
    expect(body.data.length).toBeGreaterThanOrEqual(4);
  });

  test('everyone chooses the own language and nothing else about the own log-in', async () => {
    const { repA2 } = world().as;
    expect((await repA2.request('PATCH', '/users/me', { language: 'en-US' })).status).toBe(200);
    for (const change of [
      { status: 'archived' },
      { role: null },
      { crm_segment: world().segment.b },
      { email: 'x@example.com' },
      { token: 'x' },
    ]) {
      expect((await repA2.request('PATCH', '/users/me', change)).status, JSON.stringify(change)).toBe(403);
    }
    expect((await repA2.request('PATCH', `/users/${world().id.repA1}`, { language: 'en-US' })).status).toBe(403);
  });
}
