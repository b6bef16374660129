import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { inBetween } from '../../harness/test-database.ts';
import type { PersonName, World } from '../access/world.ts';
import { crowd, ended, expectTrue, handedOver, handOver, look, newcomer, preview, refusal, undo, undone } from './desk.ts';

const CUSTOMERS = 400;

/** ORG-2, Q18: people of several segments, and whoever answers for some of them. */
export function placesSuite(world: () => World): void {
  const managing = (...keys: ('a' | 'c')[]) => ({ crm_managed_segments: keys.map((key) => ({ crm_segment: world().segment[key] })) });
  let both: PersonName;
  let adminC: PersonName;
  /** An admin of a and c, and one of c alone; a segment has two at most. */
  async function admins(): Promise<void> {
    both ??= await newcomer(world(), 'segment_admin', managing('c'));
    adminC ??= await newcomer(world(), 'segment_admin', { crm_segment: world().segment.c });
  }
  const isOfBoth = () => ({ crm_user: world().id[both], crm_segment: world().segment.c });
  const lose = () => inBetween(world().host.database, () => world().host.database('crm_user_segments').where(isOfBoth()).delete());
  const regain = () =>
    world()
      .host.database('crm_user_segments')
      .insert({ id: randomUUID(), is_home: false, ...isOfBoth() });

  async function customer(owner: PersonName, key: 'a' | 'c'): Promise<string> {
    const row = { id: randomUUID(), name: '客户', kind: 'company', status: 'active' };
    await world()
      .host.database('crm_customers')
      .insert({ ...row, segment: world().segment[key], owner: world().id[owner] });
    return row.id;
  }
  const ownerOf = async (id: string) => (await world().row('crm_customers', id)).owner;
  const listed = async (who: PersonName, id: string): Promise<boolean> => {
    const { body } = await world().as[who].request<{ handovers: { id: string }[] }>('GET', '/crm/handovers?limit=100');
    return body.handovers.some((one) => one.id === id);
  };
  async function expectNone(who: PersonName, id: string): Promise<void> {
    const [there, nowhere] = [await look(world(), who, id), await look(world(), who, randomUUID())];
    expect([there.status, there.text]).toEqual([403, nowhere.text]);
    expect(refusal(await undo(world(), who, id))).toEqual([403, 'FORBIDDEN']);
    expect((await world().as[who].request('GET', `/crm/handovers/${id}/certificate`)).status).toBe(403);
    expect((await world().as[who].request('GET', `/items/crm_handovers/${id}`)).status).toBe(403);
    expect(await listed(who, id)).toBe(false);
  }

  test('ORG-2, ACC-10, Q18: what stands in one segment is that segment’s, wherever the person is at home', async () => {
    await admins();
    const head = await newcomer(world(), 'segment_head', managing('c'));
    const [here, there] = [await customer(head, 'a'), await customer(head, 'c')];
    const done = await handedOver(world(), adminC, { from: world().id[head], rules: [{ to: world().id.repC }] });
    expect([done.moved, await ownerOf(there), await ownerOf(here)]).toEqual([1, world().id.repC, world().id[head]]);
    expect(await world().row('crm_handovers', done.id)).toMatchObject({ segment: world().segment.c });
    expect((await look(world(), adminC, done.id)).body).toMatchObject({ state: 'done', moved: 1 });
    expect(await listed(adminC, done.id)).toBe(true);
    await expectNone('adminA', done.id);
    expect((await world().as.headB.request('GET', `/items/crm_handovers/${done.id}`)).status).toBe(403);
    await undone(world(), adminC, done.id);
    expect([await ownerOf(there), await ownerOf(here)]).toEqual([world().id[head], world().id[head]]);
  });

  test('ORG-2, Q18: the people to choose from are those whom the asker answers for, with no word of where else they work', async () => {
    await admins();
    const head = await newcomer(world(), 'segment_head', { ...managing('c'), crm_position: '总经理' });
    const { id, segment, as } = world();
    const listOf = async (who: PersonName) => {
      const answer = await as[who].request<{ people: { id: string; segments: string[]; position: string | null }[] }>(
        'GET',
        '/crm/handovers/people',
      );
      expect(answer.status, answer.text).toBe(200);
      return new Map(answer.body.people.map((one) => [one.id, one]));
    };
    const [inC, inGroup] = [await listOf(adminC), await listOf('sysadmin')];
    expect(inC.get(id[head])).toMatchObject({ segments: [segment.c], position: null, active: true });
    expect([inC.has(id.repC), inC.has(id.repA1), inC.has(id.exec), inC.has(id.repB)]).toEqual([true, false, false, false]);
    expect([...inC.values()].every(({ segments }) => segments.join() === segment.c)).toBe(true);
    expect(inGroup.get(id[head])).toMatchObject({ position: '总经理' });
    expect([...inGroup.get(id[head])!.segments].sort()).toEqual([segment.a, segment.c].sort());
    for (const who of ['repA1', 'headA', 'exec'] as const)
      expect((await as[who].request('GET', '/crm/handovers/people')).status, who).toBe(403);
  });

  test('ORG-2, ACC-10, Q18: a hand-over in two segments is for whoever asked, as long as they reach both, and for group marketing', async () => {
    await admins();
    const [head, next] = [await newcomer(world(), 'segment_head', managing('c')), await newcomer(world(), 'segment_head', managing('c'))];
    const rows = [await customer(head, 'a'), await customer(head, 'c')];
    const done = await handedOver(world(), both, { from: world().id[head], rules: [{ to: world().id[next] }] });
    expect(done.moved).toBe(2);
    expect(await world().row('crm_handovers', done.id)).toMatchObject({ segment: GROUP_SEGMENT_ID });
    await expectNone('adminA', done.id);
    await expectNone(adminC, done.id);
    expect((await look(world(), both, done.id)).body.moved).toBe(2);
    expect(await listed(both, done.id)).toBe(true);
    await lose();
    try {
      await expectNone(both, done.id);
    } finally {
      await regain();
    }
    await undone(world(), both, done.id);
    expect(await Promise.all(rows.map(ownerOf))).toEqual([world().id[head], world().id[head]]);
  });

  const personIn = async (who: PersonName, name: PersonName) =>
    (await world().as[who].request<{ people: { id: string }[] }>('GET', '/crm/handovers/people')).body.people.find(
      (one) => one.id === world().id[name],
    );
  const moved = async (name: PersonName, more: object): Promise<void> => {
    const answer = await world().as.sysadmin.request('PATCH', `/users/${world().id[name]}`, more);
    expect(answer.status, answer.text).toBe(200);
  };

  test('ACC-8, ORG-2: who moved away gives what they left here; of what they work there nothing is seen, counted or moved', async () => {
    const { id, segment, as } = world();
    const mover = await newcomer(world(), 'sales_rep', { crm_position: '业务经理' });
    const left = [await customer(mover, 'a'), await customer(mover, 'a')];
    await moved(mover, { crm_segment: segment.b });
    const there = (await world().create(mover, 'crm_customers', { name: '那边的客户' })).id;
    const lead = (await world().create(mover, 'crm_leads', { title: '那边的线索' })).id;
    const away = { name: null, position: null, segments: [], active: false, at_home: false, shut: false, ends: false };
    expect(await personIn('adminA', mover)).toEqual({ id: id[mover], ...away, left_in: [segment.a] });
    expect(await personIn('adminB', mover)).toMatchObject({ segments: [segment.b], left_in: [], at_home: true, position: '业务经理' });
    expect(await personIn('sysadmin', mover)).toMatchObject({ segments: [segment.b], left_in: [segment.a], active: true });
    await admins();
    expect(await personIn(adminC, mover)).toBeUndefined();

    const order = { from: id[mover], rules: [{ to: id.repA2 }] };
    const seen = await preview(world(), 'adminA', order);
    expect(seen.body, seen.text).toMatchObject({ total: 2, from: { id: id[mover], name: null } });
    const ofCustomers = seen.body.kinds.find(({ collection, field }) => collection === 'crm_customers' && field === 'owner');
    expect([ofCustomers, seen.body.kinds.some(({ collection }) => collection === 'crm_leads')]).toEqual([
      expect.objectContaining({ total: 2, goes: 2, left: 0 }),
      false,
    ]);
    const picked = await preview(world(), 'adminA', { ...order, rules: [{ to: id.repA2, where: { id: { _in: [there] } } }] });
    expect(picked.body.total).toBe(0);
    for (const to of [id.repB, id[mover]])
      expect((await handOver(world(), 'adminA', { from: id[mover], rules: [{ to }] })).status).toBeGreaterThanOrEqual(400);
    const nobody = await handOver(world(), adminC, { from: randomUUID(), rules: [{ to: id.repC }] });
    const asC = await handOver(world(), adminC, { from: id[mover], rules: [{ to: id.repC }] });
    expect([asC.status, asC.text]).toEqual([403, nobody.text]);

    const done = await handedOver(world(), 'adminA', order);
    expect([done.moved, ...(await Promise.all([...left, there].map(ownerOf)))]).toEqual([2, id.repA2, id.repA2, id[mover]]);
    expect((await world().row('crm_leads', lead)).owner).toBe(id[mover]);
    expect((await look(world(), 'adminA', done.id)).body).toMatchObject({ moved: 2, from: { name: null } });
    const certificate = await as.adminA.request('GET', `/crm/handovers/${done.id}/certificate`);
    expect([certificate.status, certificate.text.includes(mover), certificate.text.includes('repA2')]).toEqual([200, false, true]);
    await expectNone('adminB', done.id);
    expect(refusal(await undo(world(), 'adminA', done.id))).toEqual([409, 'from_elsewhere']);
    expect([await personIn('adminA', mover), (await handOver(world(), 'adminA', order)).status]).toEqual([undefined, 403]);
  });

  test('ACC-8: who rose to the group’s staff gives what they left, by the segment’s admin or by group marketing', async () => {
    const { id, segment } = world();
    const [risen, other] = [await newcomer(world()), await newcomer(world())];
    const [mine, theirs] = [await customer(risen, 'a'), await customer(other, 'a')];
    for (const name of [risen, other]) await moved(name, { role: ROLE_IDS.group_executive, crm_segment: GROUP_SEGMENT_ID });
    expect(await personIn('adminA', risen)).toMatchObject({ name: risen, segments: [], left_in: [segment.a], at_home: false });
    await handedOver(world(), 'adminA', { from: id[risen], rules: [{ to: id.repA2 }] });
    await handedOver(world(), 'sysadmin', { from: id[other], rules: [{ to: id.repA1 }] });
    expect([await ownerOf(mine), await ownerOf(theirs)]).toEqual([id.repA2, id.repA1]);
    for (const name of [risen, other]) await world().host.database('directus_users').where({ id: id[name] }).update({ status: 'archived' });
  });

  test('ACC-9, ORG-2: an asker who loses a segment in the middle moves nothing more there, and an undo of theirs stops', async () => {
    await admins();
    const [head, next] = [await newcomer(world(), 'segment_head', managing('c')), await newcomer(world(), 'segment_head', managing('c'))];
    const { database } = world().host;
    await crowd(world(), head, { customers: CUSTOMERS, each: 5, beside: world().segment.c });
    const counted = async (who: PersonName, key: 'a' | 'c') =>
      (await database('crm_customers').where({ owner: world().id[who], segment: world().segment[key] }).select('id')).length;
    const handing = handOver(world(), both, { from: world().id[head], rules: [{ to: world().id[next] }] });
    await expect.poll(() => counted(next, 'c'), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await lose();
    await handing.catch(() => null);
    const { id } = await database('crm_handovers').where({ from: world().id[head] }).first('id');
    const done = await ended(world(), id, 'done');
    await regain();
    const kept = await counted(head, 'c');
    expect([kept > 0, await counted(head, 'a'), await counted(next, 'a')]).toEqual([true, 0, CUSTOMERS / 2]);
    expect(done.counts.left['crm_customers']).toBe(kept);
    await expectTrue(world());

    const taking = undo(world(), both, id);
    await expect.poll(() => counted(head, 'a'), { timeout: 60_000, interval: 5 }).toBeGreaterThan(0);
    await lose();
    await taking.catch(() => null);
    await ended(world(), id, 'done');
    await regain();
    expect(await counted(next, 'a'), 'not all came back').toBeGreaterThan(0);
    const back = await undone(world(), 'sysadmin', id);
    expect([await counted(head, 'a'), await counted(head, 'c'), back.kept]).toEqual([CUSTOMERS / 2, CUSTOMERS / 2, []]);
    await expectTrue(world());
  });

  test('ORG-8, ACC-10: what group marketing hands over of the whole group is not a segment admin’s to read or take back', async () => {
    const name = await newcomer(world());
    const row = await customer(name, 'a');
    const { database } = world().host;
    const rule = await database('crm_approval_rules').first('id');
    const step = randomUUID();
    await database('crm_approval_steps').insert({
      id: step,
      rule: rule.id,
      by: 'person',
      person: world().id[name],
      sort: 9,
      segment: null,
    });
    const done = await handedOver(world(), 'sysadmin', { from: world().id[name], rules: [{ to: world().id.repA2 }] });
    expect(await world().row('crm_approval_steps', step)).toMatchObject({ person: world().id.repA2 });
    await expectNone('adminA', done.id);
    await undone(world(), 'sysadmin', done.id);
    expect(await world().row('crm_approval_steps', step)).toMatchObject({ person: world().id[name] });
    expect(await ownerOf(row)).toBe(world().id[name]);
    await database('crm_approval_steps').where({ id: step }).delete();
  });

  test('ACC-10: of two hand-overs of one person at once the second finds nothing, and is no hand-over of nothing', async () => {
    for (let round = 0; round < 6; round += 1) {
      const name = await newcomer(world());
      const row = await customer(name, 'a');
      const body = { from: world().id[name], rules: [{ to: world().id.repA2 }] };
      const answers = await Promise.all([handOver(world(), 'adminA', body), handOver(world(), 'sysadmin', body)]);
      const outcomes = answers.map((answer) => (answer.status < 300 ? 'done' : refusal(answer)[1]));
      expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
      expect(['running', 'nothing_matches']).toContain(outcomes.find((one) => one !== 'done'));
      expect(await ownerOf(row)).toBe(world().id.repA2);
    }
  });
}
