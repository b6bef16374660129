import { describe, expect, it } from 'vitest';
import type { LeadScene } from './scene.ts';

/** SAL-1, F7: the flow of a lead, on every path of the host. */
export function flowOfLeads(scene: () => LeadScene): void {
  describe('the flow', () => {
    it('SAL-1: a rep’s own lead goes from new to qualified and graded, and its first activity makes it a followed one', async () => {
      const { enter, patch, lead, world } = scene();
      const id = await enter('repA1', { source: 'own' });
      expect(await lead(id)).toMatchObject({ status: 'new', owner: world.id.repA1, allocated_at: null });
      expect((await patch('repA1', id, { status: 'qualified', grade: 'B' })).status).toBe(200);
      await world.create('repA1', 'crm_activities', { type: 'call', subject: '计划', lead: id, due_on: '2026-12-01' });
      expect((await lead(id))['status']).toBe('qualified');
      await world.create('repA1', 'crm_activities', { type: 'call', subject: '首访', lead: id, done_at: '2026-11-02T08:00:00Z' });
      expect((await lead(id))['status']).toBe('following');
      const entries = await world.host.database('crm_audit').where({ collection: 'crm_leads', item: id });
      expect(entries.filter(({ after }) => /"?status\W+following/u.test(JSON.stringify(after)))).toHaveLength(1);
    });

    it('SAL-1: what is not known is not qualified, and nothing is lost without a reason', async () => {
      const { enter, patch, outcome } = scene();
      const nameless = await enter('repA1', { company_name: null });
      expect(outcome(await patch('repA1', nameless, { status: 'qualified' }))).toEqual([400, 'company_name', 'name_missing']);
      const unreachable = await enter('repA1', { phone: null });
      expect(outcome(await patch('repA1', unreachable, { status: 'qualified' }))).toEqual([400, 'phone', 'contact_missing']);
      expect(outcome(await patch('repA1', unreachable, { status: 'lost' }))).toEqual([400, 'lost_reason', 'lost_reason_missing']);
      expect((await patch('repA1', unreachable, { status: 'lost', lost_reason: '空号' })).status).toBe(200);
    });

    it('SAL-1: a lost lead is reopened by the head or the segment admin alone', async () => {
      const { enter, patch, outcome, lead } = scene();
      const id = await enter('repA1', { status: 'lost', lost_reason: '预算', grade: 'B' });
      expect(outcome(await patch('repA1', id, { status: 'following' }))).toEqual([400, 'status', 'reopened_by_head']);
      expect((await patch('adminA', id, { status: 'following' })).status).toBe(200);
      // The next loss has a reason of its own.
      expect(await lead(id)).toMatchObject({ status: 'following', lost_reason: null });
      expect(outcome(await patch('repA1', id, { status: 'lost' }))).toEqual([400, 'lost_reason', 'lost_reason_missing']);
      const ungraded = await enter('repA1', { status: 'lost', lost_reason: '预算' });
      expect(outcome(await patch('adminA', ungraded, { status: 'following' }))).toEqual([400, 'grade', 'grade_missing']);
    });

    it('SAL-1: what a lead was asked for is not emptied behind it, on no path', async () => {
      const { enter, patch, outcome, lead, world } = scene();
      const id = await enter('repA1', { status: 'qualified', grade: 'B' });
      await patch('repA1', id, { status: 'following' });
      const empty = { grade: null, company_name: null, phone: null };
      const as = world.as.repA1;
      expect(outcome(await patch('repA1', id, { grade: null }))).toEqual([400, 'grade', 'grade_missing']);
      expect(outcome(await patch('repA1', id, { company_name: null }))).toEqual([400, 'company_name', 'name_missing']);
      expect(outcome(await patch('repA1', id, { phone: null }))).toEqual([400, 'phone', 'contact_missing']);
      for (const answer of [
        await as.request('PATCH', '/items/crm_leads', { keys: [id], data: empty }),
        await as.request('PATCH', '/items/crm_leads', [{ id, ...empty }]),
      ])
        expect(answer.status, answer.text).toBe(400);
      const query = `mutation { update_crm_leads_item(id: "${id}", data: { grade: null }) { id } }`;
      expect((await as.graphql(query)).body.errors).toHaveLength(1);
      expect(await lead(id)).toMatchObject({ status: 'following', grade: 'B' });
      expect((await patch('repA1', id, { phone: null, wechat: 'lilei-88' })).status).toBe(200);
      await patch('repA1', id, { status: 'lost', lost_reason: '价格' });
      expect(outcome(await patch('repA1', id, { lost_reason: null }))).toEqual([400, 'lost_reason', 'lost_reason_missing']);
      // As a table brings it: what was never there is not asked for by an edit of something else.
      await world.host.database('crm_leads').where({ id }).update({ status: 'following', settled: null, grade: null, lost_reason: null });
      expect((await patch('repA1', id, { title: '改名', grade: null })).status).toBe(200);
    });

    it('SAL-1: nobody enters a lead that is followed already', async () => {
      const { outcome, world } = scene();
      const row = { title: '直接跟进', company_name: '甲', phone: '13900000000', grade: 'A', status: 'following' };
      for (const who of ['repA1', 'headA'] as const)
        expect(outcome(await world.as[who].request('POST', '/items/crm_leads', row))).toEqual([400, 'status', 'begins_new']);
      const nested = { name: '嵌套跟进', leads: [row] };
      expect((await world.as.repA1.request('POST', '/items/crm_customers', nested)).status).toBe(400);
    });

    it('F7: allocated and converted come from no write, whichever way it takes, and what the server keeps is nobody’s to send', async () => {
      const { enter, patch, outcome, lead, world } = scene();
      const id = await enter('repA1');
      await patch('repA1', id, { status: 'qualified', grade: 'A' });
      const before = await lead(id);
      const as = world.as.repA1;
      const attempts = [
        await patch('repA1', id, { status: 'converted' }),
        await patch('repA1', id, { status: 'allocated' }),
        await patch('repA1', id, { allocated_at: '2026-01-01T00:00:00Z' }),
        await patch('repA1', id, { converted_at: '2026-01-01T00:00:00Z' }),
        await patch('repA1', id, { converted_to: id }),
        await patch('repA1', id, { settled: 'converted:' }),
        await patch('repA1', id, { owner: world.id.repA2 }),
        await as.request('PATCH', '/items/crm_leads', [{ id, status: 'converted' }]),
        await as.request('PATCH', '/items/crm_leads', { keys: [id], data: { status: 'allocated' } }),
        await as.request('POST', '/items/crm_leads', { title: '伪造', status: 'converted' }),
        await as.request('POST', '/items/crm_leads', { title: '伪造', status: 'allocated', company_name: '甲', phone: '13900000000' }),
        await as.request('POST', '/items/crm_customers', { name: '嵌套', leads: [{ title: '伪造', status: 'converted' }] }),
      ];
      for (const answer of attempts) expect([400, 403]).toContain(answer.status);
      const query = `mutation { update_crm_leads_item(id: "${id}", data: { status: "converted" }) { id } }`;
      expect((await as.graphql(query)).body.errors).toHaveLength(1);
      expect(outcome(await patch('headA', id, { status: 'converted' }))).toEqual([400, 'status', 'only_conversion']);
      expect((await world.root.request('PATCH', `/items/crm_leads/${id}`, { status: 'converted' })).status).toBe(400);
      expect(await lead(id)).toEqual(before);
      expect(await world.host.database('crm_leads').where({ title: '伪造' })).toEqual([]);
    });

    it('SAL-1: of two who change a lead at once the later one is judged by what the earlier one left', async () => {
      const { enter, patch, lead, world } = scene();
      for (let round = 0; round < 6; round += 1) {
        const id = await enter('repA1', { status: 'qualified', grade: 'A' });
        // As imports and the demo leave them: the server has settled nothing yet.
        if (round % 2) await world.host.database('crm_leads').where({ id }).update({ settled: null });
        const [lost, followed] = await Promise.all([
          patch('repA1', id, { status: 'lost', lost_reason: '价格' }),
          patch('repA1', id, { status: 'following' }),
        ]);
        expect(lost.status).toBe(200);
        // Either it was followed and then lost, or it was lost and a rep does not reopen it.
        expect([200, 400]).toContain(followed.status);
        expect((await lead(id))['status']).toBe('lost');
      }
    });
  });
}
