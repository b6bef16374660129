import { afterEach, expect, it } from 'vitest';
import type { PersonName } from '../access/world.ts';
import { codeOf, reasonOf, type Office } from './office.ts';

/** APR-1, Q4: who decides as rows, and what happens when they are not there or late. */
export function approversSuite(office: () => Office): void {
  const rules: string[] = [];

  /** A rule of segment A, set up by group marketing. */
  async function rule(steps: object[], values: object = {}): Promise<void> {
    const { world } = office();
    const segment = world.segment.a;
    const row = { name: '版块规则', kind: 'discount', mode: 'any_of', limit_days: 1, escalate_to: 'group_executive', segment, ...values };
    const answer = await world.as.sysadmin.request<{ data: { id: string } }>('POST', '/items/crm_approval_rules', {
      ...row,
      steps: steps.map((step) => ({ segment, ...step })),
    });
    if (answer.status !== 200) throw new Error(answer.text);
    rules.push(answer.body.data.id);
  }
  // Past the host: a freeze would take the static tokens by which these people speak for good.
  const suspend = (who: PersonName, status = 'suspended') =>
    office().world.host.database('directus_users').where({ id: office().world.id[who] }).update({ status });

  afterEach(async () => {
    for (const id of rules.splice(0))
      await office().world.as.sysadmin.request('PATCH', `/items/crm_approval_rules/${id}`, { active: false });
  });

  it('APR-1, Q4: the segment’s own rule names a position, and whoever holds it decides, whatever their role', async () => {
    const { world, asked, approve, look } = office();
    await world.root.request('PATCH', `/users/${world.id.repA2}`, { crm_position: '销售总监' });
    await rule([{ by: 'position', position: '销售总监' }]);
    const { id } = await asked();
    expect(codeOf(await approve(id))).toBe('NOT_APPROVER');
    expect((await look(id, 'repA2')).body).toMatchObject({ mayDecide: true });
    expect((await approve(id, 1, 'repA2')).status).toBe(200);
    expect((await look(id, 'repA2')).status).toBe(403);
  });

  it('APR-1: one after the other; the effect comes after the last', async () => {
    const { world, asked, approve } = office();
    await rule(
      [
        { by: 'role', role: 'segment_admin', sort: 1 },
        { by: 'role', role: 'segment_head', sort: 2 },
      ],
      { mode: 'sequential' },
    );
    const { id, deal } = await asked();
    expect(codeOf(await approve(id))).toBe('NOT_APPROVER');
    expect(await approve(id, 1, 'adminA')).toMatchObject({ status: 200, body: { state: 'pending', version: 2 } });
    expect((await world.row('crm_opportunities', deal))['discount_approved']).toBeNull();
    expect(reasonOf(await approve(id, 1))).toBe('stale');
    expect(await approve(id, 2)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(Number((await world.row('crm_opportunities', deal))['discount_approved'])).toBe(25);
  });

  it('APR-1: while the approver is suspended the substitute decides, in their name', async () => {
    const { world, asked, approve, look } = office();
    await rule([{ by: 'person', person: world.id.adminA, delegate: world.id.repA2 }]);
    const { id } = await asked();
    expect((await look(id, 'repA2')).status).toBe(403);
    await suspend('adminA');
    expect((await look(id, 'repA2')).body.mayDecide).toBe(true);
    expect((await approve(id, 1, 'repA2')).status).toBe(200);
    await suspend('adminA', 'active');
    const entry = await world.host.database('crm_approval_decisions').where({ approval: id, decision: 'approved' }).first();
    expect([entry.by, entry.acting_for]).toEqual([world.id.repA2, world.id.adminA]);
  });

  it('APR-1: an approver who is removed: a clear refusal, no half state, and it goes up', async () => {
    const { world, asked, approve, said } = office();
    const someone = (
      await world.user({
        role: (await world.host.database('directus_users').where({ id: world.id.repA2 }).first()).role,
        crm_segment: world.segment.a,
      })
    ).body.data.id;
    await rule([{ by: 'person', person: someone }]);
    const { id } = await asked();
    expect((await world.root.request('DELETE', `/users/${someone}`)).status).toBe(204);
    const answer = await approve(id);
    expect([answer.status, codeOf(answer)]).toEqual([403, 'NOT_APPROVER']);
    expect(answer.body.errors[0]!.message.length).toBeGreaterThan(20);
    expect(await said(id)).toEqual(['requested']);
    expect((await approve(id, 1, 'exec')).status).toBe(200);
  });

  it('APR-1: without a rule nothing is asked for, and nothing is approved by itself', async () => {
    const { world, ask, deal } = office();
    const shared = await world.host
      .database('crm_approval_rules')
      .where({ kind: 'discount', active: true })
      .whereNull('segment')
      .pluck('id');
    const turn = (active: boolean) =>
      Promise.all(shared.map((id) => world.as.sysadmin.request('PATCH', `/items/crm_approval_rules/${id}`, { active })));
    await turn(false);
    const item = await deal();
    const answer = await ask(item);
    await turn(true);
    expect([answer.status, codeOf(answer)]).toEqual([409, 'APPROVAL_RULE_MISSING']);
    expect(answer.body.errors[0]!.message).toContain('市场营销部');
    expect(await world.host.database('crm_approvals').where({ item })).toEqual([]);
  });

  it('APR-1: what is late goes up once, also when nobody was running at the time', async () => {
    const { world, asked, approve, look, said, inbox } = office();
    const { id } = await asked();
    const due = (await world.row('crm_approvals', id))['due_on'];
    expect(due).not.toBeNull();
    await world.host
      .database('crm_approvals')
      .where({ id })
      .update({ due_on: db() === 'pg' ? '2026-01-05' : new Date(2026, 0, 5) });
    await world.host.restart();
    await expect.poll(() => said(id), { timeout: 90_000, interval: 500 }).toEqual(['requested', 'escalated']);
    await world.host.restart();
    expect((await look(id)).body).toMatchObject({ state: 'pending', escalated: true, version: 2, mayDecide: false });
    expect(codeOf(await approve(id, 2))).toBe('NOT_APPROVER');
    expect(await inbox('sysadmin')).toContain(id);
    expect((await approve(id, 2, 'sysadmin')).status).toBe(200);
    expect(await said(id)).toEqual(['requested', 'escalated', 'approved']);
    const log = await world.host.database('crm_audit').where({ collection: 'crm_approvals', item: id }).orderBy('at').pluck('origin');
    expect(log).toEqual(['request', 'job', 'request']);
  });

  const db = () => (String(office().world.host.database.client.config.client).startsWith('sqlite') ? 'sqlite' : 'pg');
}
