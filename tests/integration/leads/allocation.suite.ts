import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { PersonName } from '../access/world.ts';
import type { LeadScene } from './scene.ts';

const READY = { status: 'qualified', grade: 'A', owner: null } as const;

/** SAL-9, SAL-10, Q2, Q21: who gives leads to whom. */
export function allocationOfLeads(scene: () => LeadScene): void {
  describe('allocation', () => {
    it('SAL-9: the segment admin gives a lead directly, and the log says who, to whom, why and with how many open ones', async () => {
      const { enter, allocate, lead, allocations, world } = scene();
      const id = await enter('adminA', READY);
      const answer = await allocate('adminA', id, { owner: world.id.repA2, reason: '熟悉该行业' });
      expect([answer.status, answer.body]).toMatchObject([200, { id, owner: world.id.repA2, status: 'allocated', state: 'allocated' }]);
      expect(await lead(id)).toMatchObject({ owner: world.id.repA2, status: 'allocated' });
      expect((await lead(id))['allocated_at']).not.toBeNull();
      const [entry, ...more] = await allocations(id);
      expect(more).toEqual([]);
      expect(entry).toMatchObject({
        ...{ from_owner: null, to_owner: world.id.repA2, by: world.id.adminA, how: 'by_hand', reason: '熟悉该行业' },
        ...{ segment: world.segment.a, owner: world.id.repA2 },
      });
      const [again] = [await allocate('headA', id, { owner: world.id.repA1 })];
      expect(again.status).toBe(200);
      expect((await allocations(id)).map(({ owner, from_owner }) => [owner, from_owner])).toEqual([
        [world.id.repA1, null],
        [world.id.repA1, world.id.repA2],
      ]);
    });

    it('SAL-9: an owner who is changed on the form is an allocation, too', async () => {
      const { enter, patch, lead, allocations, world } = scene();
      const id = await enter('adminA', READY);
      expect((await patch('headA', id, { owner: world.id.repA1 })).status).toBe(200);
      expect(await lead(id)).toMatchObject({ status: 'allocated', owner: world.id.repA1 });
      expect((await patch('headA', id, { title: '改名' })).status).toBe(200);
      expect(await allocations(id)).toMatchObject([{ from_owner: null, to_owner: world.id.repA1, by: world.id.headA, how: 'by_hand' }]);
    });

    it('SAL-9: a lead that went along with its customer was not allocated', async () => {
      const { enter, patch, lead, allocations, switchOn, world } = scene();
      const customer = await world.create('repA1', 'crm_customers', { name: '移交有限公司' });
      const id = await enter('repA1', { customer: customer.id });
      const moved = await world.as.headA.request('PATCH', `/items/crm_customers/${customer.id}`, { owner: world.id.repA2 });
      expect(moved.status).toBe(200);
      await switchOn(world.segment.a, true);
      try {
        expect((await patch('repA2', id, { title: '新负责人改名' })).status).toBe(200);
        expect(await lead(id)).toMatchObject({ owner: world.id.repA2, allocated_at: null });
        expect(await allocations(id)).toEqual([]);
      } finally {
        await switchOn(world.segment.a, false);
      }
    });

    it('SAL-1, CUS-10: what is not graded is not allocated', async () => {
      const { enter, allocate, world } = scene();
      const id = await enter('adminA', { owner: null });
      const answer = await allocate('adminA', id, { owner: world.id.repA1 });
      expect(answer.status).toBe(400);
      expect(answer.body.errors[0]!.extensions).toMatchObject({ code: 'FIELDS_MISSING', fields: ['grade'] });
    });

    it('SAL-1, CUS-10: nor by the form: an owner on an ungraded or lost lead is refused on every path, and stands with its grade', async () => {
      const { enter, patch, lead, outcome, allocations, world } = scene();
      const id = await enter('adminA', { owner: null });
      const owner = world.id.repA1;
      const as = world.as.adminA;
      expect(outcome(await patch('adminA', id, { owner }))).toEqual([400, 'FIELDS_MISSING', 'fields_missing']);
      for (const answer of [
        await as.request('PATCH', '/items/crm_leads', { keys: [id], data: { owner } }),
        await as.request('PATCH', '/items/crm_leads', [{ id, owner }]),
      ])
        expect(answer.status, answer.text).toBe(400);
      const query = `mutation { update_crm_leads_item(id: "${id}", data: { owner: { id: "${owner}" } }) { id } }`;
      expect((await as.graphql(query)).body.errors).toHaveLength(1);
      expect(await lead(id)).toMatchObject({ owner: null, status: 'new', allocated_at: null });
      expect((await patch('adminA', id, { owner, grade: 'A' })).status).toBe(200);
      expect(await lead(id)).toMatchObject({ owner, status: 'allocated' });
      expect(await allocations(id)).toHaveLength(1);
      const lost = await enter('adminA', { ...READY, status: 'lost', lost_reason: '重复' });
      expect(outcome(await patch('adminA', lost, { owner }))).toEqual([409, 'CLOSED', 'closed']);
      // Who has it already hands it on as before.
      const own = await enter('repA1');
      expect((await patch('headA', own, { owner: world.id.repA2 })).status).toBe(200);
    });

    it('SAL-10: what was rejected or taken back is not asked for again until the lead is another one', async () => {
      const { enter, allocate, patch, region, switchOn, world } = scene();
      const { database } = world.host;
      const route = { id: randomUUID(), user: world.id.repA1, region: null, active: true, segment: world.segment.a };
      await database('crm_lead_routes').insert(route);
      await switchOn(world.segment.a, true);
      try {
        const id = await enter('adminA', { status: 'qualified', grade: 'A', source: 'company' });
        const states = () => database('crm_approvals').where({ item: id }).orderBy('date_created').pluck('state');
        const settle = async (state: string) => {
          await database('crm_approvals').where({ item: id, state: 'pending' }).update({ state });
        };
        expect(await states()).toEqual(['pending']);
        for (const state of ['rejected', 'withdrawn']) {
          await settle(state);
          const before = await states();
          expect((await patch('adminA', id, { title: `改名 ${state}` })).status).toBe(200);
          expect(await states()).toEqual(before);
          expect((await patch('adminA', id, state === 'rejected' ? { grade: 'B' } : { region: await region('330100') })).status).toBe(200);
          expect(await states()).toEqual([...before, 'pending']);
        }
        await settle('rejected');
        expect((await allocate('adminA', id, { owner: 'route' })).status).toBe(202);
      } finally {
        await switchOn(world.segment.a, false);
        await database('crm_lead_routes').where({ id: route.id }).delete();
      }
    });

    it('SAL-10: with the switch on nobody allocates past the approval, on no path', async () => {
      const { enter, allocate, patch, lead, outcome, allocations, switchOn, world } = scene();
      const id = await enter('adminA', READY);
      await switchOn(world.segment.a, true);
      try {
        expect(outcome(await patch('adminA', id, { owner: world.id.repA1 }))).toEqual([403, 'APPROVAL_REQUIRED', 'needs_approval']);
        const direct = await world.as.adminA.request('POST', '/items/crm_leads', { title: '直给', owner: world.id.repA1 });
        expect(direct.status).toBe(403);
        const asked = await allocate('adminA', id, { owner: world.id.repA1, reason: '本地' });
        expect([asked.status, asked.body]).toMatchObject([202, { state: 'pending', owner: null }]);
        expect(await world.host.database('crm_approvals').where({ id: asked.body.approval }).first()).toMatchObject({
          ...{ kind: 'lead_allocation', state: 'pending', item: id, lead: id, requested_by: world.id.adminA },
        });
        expect((await allocate('adminA', id, { owner: world.id.repA2 })).status).toBe(409);
        expect(await lead(id)).toMatchObject({ owner: null, status: 'qualified' });
        expect(await allocations(id)).toEqual([]);
      } finally {
        await switchOn(world.segment.a, false);
      }
    });

    it('SAL-10: a rep asks for an own lead to go to a colleague, and gives nothing away alone', async () => {
      const { enter, allocate, lead, world } = scene();
      const id = await enter('repA1', { status: 'qualified', grade: 'B' });
      const asked = await allocate('repA1', id, { owner: world.id.repA2, reason: '出差' });
      expect([asked.status, asked.body]).toMatchObject([202, { state: 'pending', owner: world.id.repA1 }]);
      expect((await lead(id))['owner']).toBe(world.id.repA1);
      expect((await allocate('repA1', id, { owner: 'route' })).status).toBe(400);
    });

    it('Q21, ORG-3: group marketing gives a lead of the pool to a segment, and nobody else does', async () => {
      const { enter, allocate, lead, world } = scene();
      const id = await enter('sysadmin', { segment: world.segment.pool, grade: 'A', status: 'qualified' });
      expect((await allocate('sysadmin', id, { owner: world.id.repA1 })).status).toBe(400);
      expect((await allocate('headA', id, { segment: world.segment.a })).status).toBe(403);
      expect((await allocate('sysadmin', id, { segment: randomUUID() })).status).toBe(400);
      const moved = await allocate('sysadmin', id, { segment: world.segment.a, owner: world.id.repA1 });
      expect([moved.status, moved.body]).toMatchObject([200, { segment: world.segment.a, owner: world.id.repA1, status: 'allocated' }]);
      expect(await lead(id)).toMatchObject({ segment: world.segment.a, owner: world.id.repA1 });
      expect((await allocate('sysadmin', id, { segment: world.segment.b })).status).toBe(409);
      const mine = await enter('adminA', READY);
      expect((await allocate('adminA', mine, { segment: world.segment.c })).status).toBe(403);
    });

    it('Q21, SAL-9: what the company supplied is routed in the segment that it is given to, like one that is entered there', async () => {
      const { enter, allocate, lead, switchOn, world } = scene();
      const { database } = world.host;
      const supplied = { segment: world.segment.pool, grade: 'A', status: 'qualified', source: 'company' };
      const alone = await enter('sysadmin', supplied);
      const unrouted = await allocate('sysadmin', alone, { segment: world.segment.a });
      expect([unrouted.status, unrouted.body]).toMatchObject([200, { owner: null, state: 'waiting', segment: world.segment.a }]);
      expect(await database('directus_notifications').where({ item: alone }).pluck('recipient')).toEqual([world.id.adminA]);
      const route = { id: randomUUID(), user: world.id.repA2, region: null, active: true, segment: world.segment.a };
      await database('crm_lead_routes').insert(route);
      try {
        const routed = await allocate('sysadmin', await enter('sysadmin', supplied), { segment: world.segment.a });
        expect([routed.status, routed.body]).toMatchObject([200, { owner: world.id.repA2, state: 'allocated', status: 'allocated' }]);
        const ungraded = await enter('sysadmin', { ...supplied, grade: null });
        expect((await allocate('sysadmin', ungraded, { segment: world.segment.a })).body).toMatchObject({ owner: null, state: 'waiting' });
        await switchOn(world.segment.a, true);
        const asked = await enter('sysadmin', supplied);
        expect((await allocate('sysadmin', asked, { segment: world.segment.a })).body).toMatchObject({ owner: null, state: 'pending' });
        expect(await lead(asked)).toMatchObject({ owner: null, segment: world.segment.a });
      } finally {
        await switchOn(world.segment.a, false);
        await database('crm_lead_routes').where({ id: route.id }).delete();
      }
    });

    it('ORG-2: a lead of others answers as an absent one', async () => {
      const { enter, allocate, convert, preview, world } = scene();
      const id = await enter('adminA', READY);
      for (const who of ['repA1', 'repB', 'headB', 'exec'] as PersonName[]) {
        const [foreign, absent] = [id, randomUUID()].map((item) => allocate(who, item, { owner: world.id.repB }));
        expect((await foreign!).text).toBe((await absent!).text);
        expect((await foreign!).status).toBe(403);
        expect((await convert(who, id)).text).toBe((await convert(who, randomUUID())).text);
        expect((await preview(who, id)).text).toBe((await preview(who, randomUUID())).text);
      }
    });

    it('SAL-9: bad bodies are answered with what is wrong', async () => {
      const { enter, allocate, world } = scene();
      const id = await enter('adminA', READY);
      for (const body of [{}, { owner: 7 }, { owner: [world.id.repA1] }, { owner: 'nobody' }, { owner: world.id.repA1, status: 'lost' }])
        expect((await allocate('adminA', id, body)).status).toBe(400);
      for (const owner of [randomUUID(), world.id.repB, world.id.exec]) expect((await allocate('adminA', id, { owner })).status).toBe(400);
      expect((await allocate('adminA', 'no-key', { owner: world.id.repA1 })).status).toBe(403);
      const lost = await enter('adminA', { ...READY, status: 'lost', lost_reason: '重复' });
      expect((await allocate('adminA', lost, { owner: world.id.repA1 })).status).toBe(409);
    });
  });
}
