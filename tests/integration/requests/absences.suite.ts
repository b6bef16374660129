import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { Client } from '../../harness/client.ts';
import type { World } from '../access/world.ts';
import { hire } from '../freeze/credentials.ts';
import { dayFromNow, decide, faultOf, TODAY } from './desk.ts';

/** Q12: trips and leave, and what approvals do while somebody is away. */
export function absencesSuite(world: () => World): void {
  const leave = (client: Client, from_on: string, to_on: string, more: object = {}) =>
    client.request('POST', '/items/crm_leaves', { from_on, to_on, ...more });
  const trip = (client: Client, from_on: string, to_on: string, more: object = {}) =>
    client.request('POST', '/items/crm_trips', { from_on, to_on, destination: '苏州', ...more });
  const withdraw = (client: Client, what: string, id: string) => client.request('POST', `/crm/${what}/${id}/withdraw`, {});
  const idOf = (answer: Awaited<ReturnType<typeof leave>>): string => {
    expect(answer.status, answer.text).toBe(200);
    return answer.body.data.id;
  };

  test('Q12: one’s own trip and leave are asked of the head, dates are judged, and both are taken back', async () => {
    const { as, id, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const first = idOf(await leave(person.client, dayFromNow(10), dayFromNow(12), { kind: 'annual', reason: '探亲' }));
    expect(await world().row('crm_leaves', first)).toMatchObject({ state: 'requested', owner: person.id, segment: segment.a });
    expect(faultOf(await leave(person.client, dayFromNow(20), dayFromNow(19)))).toMatchObject({ reason: 'ends_before', field: 'to_on' });
    expect(faultOf(await leave(person.client, dayFromNow(20), dayFromNow(600)))).toMatchObject({ reason: 'too_long' });
    expect(faultOf(await trip(person.client, dayFromNow(12), dayFromNow(14)))).toMatchObject({ status: 400, reason: 'overlaps' });
    expect((await leave(person.client, '2026-02-30', '2026-03-01')).status).toBe(400);
    expect((await leave(person.client, dayFromNow(20), dayFromNow(21), { state: 'approved' })).status).toBe(403);
    expect((await leave(person.client, dayFromNow(20), dayFromNow(21), { owner: id.repA2 })).status).toBe(403);
    const both = await Promise.all([1, 2].map(() => leave(person.client, dayFromNow(30), dayFromNow(31))));
    expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([200, 400]);

    expect((await decide(world(), first, as.headA)).status).toBe(200);
    expect(await world().row('crm_leaves', first)).toMatchObject({ state: 'approved' });
    for (const client of [as.repA1, as.headB, as.headA]) expect((await withdraw(client, 'leaves', first)).status).toBe(403);
    expect((await withdraw(person.client, 'leaves', randomUUID())).status).toBe(403);
    expect((await withdraw(person.client, 'leaves', first)).body).toEqual({ id: first, state: 'withdrawn' });
    expect(faultOf(await withdraw(person.client, 'leaves', first))).toMatchObject({ status: 409, reason: 'over' });
    const now = idOf(await trip(person.client, TODAY, dayFromNow(2)));
    expect((await decide(world(), now, as.headA)).status).toBe(200);
    expect(faultOf(await withdraw(person.client, 'trips', now))).toMatchObject({ status: 409, reason: 'begun' });
    const rejected = idOf(await trip(person.client, dayFromNow(3), dayFromNow(4)));
    expect((await decide(world(), rejected, as.headA, 'reject')).status).toBe(200);
    expect(await world().row('crm_trips', rejected)).toMatchObject({ state: 'rejected' });
    expect((await trip(person.client, dayFromNow(3), dayFromNow(4))).status).toBe(200);
  });

  test('Q12, ORG-2: heads and admins file for their people, others’ people are as absent; group staff for themselves', async () => {
    const { as, id, segment } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const filed = idOf(await leave(as.adminA, dayFromNow(40), dayFromNow(41), { owner: person.id }));
    expect(await world().row('crm_leaves', filed)).toMatchObject({ owner: person.id, segment: segment.a });
    expect((await withdraw(as.adminA, 'leaves', filed)).status).toBe(200);
    const foreign = await leave(as.adminA, dayFromNow(40), dayFromNow(41), { owner: id.repB });
    expect([foreign.status, foreign.text]).toEqual(
      await leave(as.adminA, dayFromNow(40), dayFromNow(41), { owner: randomUUID() }).then(({ status, text }) => [status, text]),
    );
    expect(foreign.status).not.toBe(200);
    // Group marketing decides for group staff: there are two of it (ORG-8).
    const second = await hire(world(), 'system_admin', null);
    for (const who of ['exec', 'sysadmin'] as const)
      expect(await world().row('crm_trips', idOf(await trip(as[who], dayFromNow(40), dayFromNow(41))))).toMatchObject({
        ...{ owner: id[who], segment: segment.pool },
      });
    // An executive is away for nobody else, whichever segment is named (ORG-4).
    for (const more of [{ owner: person.id }, { owner: { id: person.id } }, { owner: id.sysadmin, segment: segment.a }, { owner: id.repB }])
      for (const file of [leave, trip])
        expect([more, faultOf(await file(as.exec, dayFromNow(60), dayFromNow(61), more))]).toEqual([
          more,
          expect.objectContaining({ status: 403, code: 'FORBIDDEN' }),
        ]);
    const own = idOf(await leave(as.exec, dayFromNow(60), dayFromNow(61), { segment: segment.a }));
    expect(await world().row('crm_leaves', own)).toMatchObject({ owner: id.exec, segment: segment.pool });
    const forRep = idOf(await trip(as.sysadmin, dayFromNow(42), dayFromNow(43), { owner: person.id }));
    expect(await world().row('crm_trips', forRep)).toMatchObject({ owner: person.id, segment: segment.a });
    await world().host.database('directus_users').where({ id: second.id }).update({ status: 'archived' });
  });

  test('Q12: what has begun is ended early: by the person, head, admin and group marketing, never by others; the days before stay', async () => {
    const { as, host, segment } = world();
    const end = (client: Client, what: string, key: string) => client.request('POST', `/crm/${what}/${key}/end`, {});
    const person = await hire(world(), 'sales_rep', segment.a);
    const begun = async (collection: 'crm_trips' | 'crm_leaves', from: number, to: number, who = person) => {
      const file = collection === 'crm_trips' ? trip : leave;
      const key = idOf(await file(who.client, dayFromNow(from), dayFromNow(to)));
      expect((await decide(world(), key, as.headA)).status).toBe(200);
      return key;
    };
    const first = await begun('crm_leaves', -3, 4);
    for (const client of [as.repA1, as.headB, as.adminB, as.exec]) expect((await end(client, 'leaves', first)).status).toBe(403);
    expect((await end(person.client, 'leaves', randomUUID())).status).toBe(403);
    expect((await end(person.client, 'trips', first)).status).toBe(403);
    expect((await person.client.request('POST', `/crm/leaves/${first}/end`, { to_on: dayFromNow(2) })).status).toBe(400);
    expect((await end(person.client, 'leaves', first)).body).toEqual({ id: first, state: 'approved', to_on: dayFromNow(-1) });
    const stored = await world().row('crm_leaves', first);
    expect([fromStoredDay(stored['from_on']), fromStoredDay(stored['to_on'])]).toEqual([dayFromNow(-3), dayFromNow(-1)]);
    const entries = await host.database('crm_audit').where({ collection: 'crm_leaves', item: first, action: 'update', user: person.id });
    expect(entries).toHaveLength(1);
    expect(faultOf(await end(person.client, 'leaves', first))).toMatchObject({ status: 409, reason: 'over' });
    // The days that are free again can be taken otherwise.
    const onTrip = await begun('crm_trips', 0, 4);
    expect((await end(as.headA, 'trips', onTrip)).body).toEqual({ id: onTrip, state: 'withdrawn', to_on: dayFromNow(4) });
    const again = await begun('crm_leaves', 0, 4);
    expect((await end(as.adminA, 'leaves', again)).body).toMatchObject({ state: 'withdrawn' });
    const ahead = await begun('crm_leaves', 1, 2);
    expect(faultOf(await end(person.client, 'leaves', ahead))).toMatchObject({ status: 409, reason: 'not_begun' });
    expect((await withdraw(person.client, 'leaves', ahead)).status).toBe(200);
    const group = await begun('crm_leaves', -1, 2, await hire(world(), 'sales_rep', segment.a));
    expect((await end(as.sysadmin, 'leaves', group)).body).toMatchObject({ state: 'approved', to_on: dayFromNow(-1) });
    // Whoever ended a leave of their own decides again.
    const head = idOf(await leave(as.headB, dayFromNow(-2), dayFromNow(3)));
    expect((await decide(world(), head, as.adminB)).status).toBe(200);
    const asker = await hire(world(), 'sales_rep', segment.b);
    const asked = idOf(await trip(asker.client, dayFromNow(70), dayFromNow(71)));
    expect(faultOf(await decide(world(), asked, as.headB))).toMatchObject({ code: 'NOT_APPROVER' });
    expect((await end(as.headB, 'leaves', head)).status).toBe(200);
    expect((await decide(world(), asked, as.headB)).status).toBe(200);
  });

  test('Q12, APR-1: whoever is on approved leave today decides nothing; who stands in does, until they are back', async () => {
    const { as, segment, host } = world();
    const asker = await hire(world(), 'sales_rep', segment.b);
    const ownLeave = idOf(await leave(as.headB, TODAY, dayFromNow(1)));
    expect(faultOf(await decide(world(), ownLeave, as.headB))).toMatchObject({ status: 403 });
    expect((await decide(world(), ownLeave, as.adminB)).status).toBe(200);
    const asked = idOf(await trip(asker.client, dayFromNow(50), dayFromNow(51)));
    const approval = await host.database('crm_approvals').where({ item: asked }).first();
    const view = async (client: Client) => (await client.request('GET', `/crm/approvals/${approval.id}`)).body;
    expect(await view(as.headB)).toMatchObject({ mayDecide: false });
    expect(await view(as.adminB)).toMatchObject({ mayDecide: true, waitsFor: ['adminB'] });
    expect((await as.headB.request('GET', '/crm/approvals/count')).body.count).toBe(0);
    expect(faultOf(await decide(world(), asked, as.headB))).toMatchObject({ status: 403, code: 'NOT_APPROVER' });
    await host.database('crm_leaves').where({ id: ownLeave }).update({ state: 'withdrawn' });
    expect(await view(as.headB)).toMatchObject({ mayDecide: true });
    expect((await decide(world(), asked, as.headB)).status).toBe(200);
  });
}
