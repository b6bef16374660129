import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { toDayText } from '../../../extensions/crm/src/kernel/calendar/day-text.ts';
import { fromStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import type { World } from '../access/world.ts';
import { freeze, hire, thaw } from '../freeze/credentials.ts';
import { approved, decide, execute, faultOf, filed, preview, withdraw } from './desk.ts';

const TIMES = 4;
/** A Tuesday of a year that nobody has entered. */
const FAR = '2039-03-01';

/** ACC-8: what becomes of a form: two who act at once, an executive who decides, a calendar that changes. */
export function courseSuite(world: () => World): void {
  const row = (id: string) => world().row('crm_access_requests', id);
  const user = (id: string) => world().row('directus_users', id);
  const dueOf = async (id: string) => fromStoredDay((await row(id))['due_on']);

  test('F8: approved and taken back at once: it is taken back, whoever came first', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    for (let time = 0; time < TIMES; time += 1) {
      const form = await filed(as.adminA, { kind: 'close', user: person.id });
      const { id, version } = await host.database('crm_approvals').where({ item: form }).first();
      const body = { decision: 'approve', version: Number(version), comment: '已核实' };
      const decision = as.headA.request('POST', `/crm/approvals/${id}/decide`, body);
      const [decided, taken] = await Promise.all([decision, withdraw(as.adminA, form)]);
      expect(taken.status, taken.text).toBe(200);
      expect([200, 409], decided.text).toContain(decided.status);
      expect(await row(form)).toMatchObject({ state: 'withdrawn' });
      const { state } = await host.database('crm_approvals').where({ id }).first();
      expect(state).toBe(decided.status === 200 ? 'approved' : 'void');
      expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 409, reason: 'is_over' });
    }
  });

  test('ACC-8: carried out and taken back at once: one of both, and the log-in is as the form says', async () => {
    const { as, segment } = world();
    for (let time = 0; time < TIMES; time += 1) {
      const person = await hire(world(), 'sales_rep', segment.a);
      const form = await approved(world(), as.adminA, { kind: 'close', user: person.id });
      const [done, taken] = await Promise.all([execute(as.sysadmin, form), withdraw(as.adminA, form)]);
      expect([done.status, taken.status].sort(), `${done.text} ${taken.text}`).toEqual([200, 409]);
      expect(await row(form)).toMatchObject({ state: done.status === 200 ? 'executed' : 'withdrawn' });
      expect(await user(person.id)).toMatchObject({ status: done.status === 200 ? 'archived' : 'active' });
    }
  });

  test('ACC-8: to another company: the segment, the role and the team stay', async () => {
    const { as, segment, host } = world();
    const [company, team] = [randomUUID(), randomUUID()];
    await host.database('crm_companies').insert({ id: company, name: '乙公司' });
    await host.database('crm_teams').insert({ id: team, name: '二组', segment: segment.a });
    const person = await hire(world(), 'sales_rep', segment.a, { crm_team: team, crm_company: world().company });
    const before = await user(person.id);
    const form = await approved(world(), as.adminA, { kind: 'move', user: person.id, to_company: company });
    const done = await execute(as.sysadmin, form);
    expect([done.status, done.body.work?.total], done.text).toEqual([200, 0]);
    const { crm_segment, role, crm_team, crm_position } = before;
    expect(await user(person.id)).toMatchObject({ crm_company: company, crm_segment, role, crm_team, crm_position });
  });

  test('Q5, ACC-8: the form about a system admin is carried out when an executive agrees, and over when not', async () => {
    const { as, id, host } = world();
    const second = await hire(world(), 'system_admin', null);
    const freezes = () => host.database('crm_freezes').where({ user: second.id }).orderBy('date_created');
    const asked = async () => {
      const form = await approved(world(), as.sysadmin, { kind: 'freeze', user: second.id }, as.exec);
      const answer = await execute(as.sysadmin, form);
      expect(answer.body, answer.text).toMatchObject({ state: 'approved', executed_at: null, freeze: { state: 'pending' } });
      expect(await row(form)).toMatchObject({ state: 'approved', executed_by: null, executed_at: null });
      return { form, freeze: answer.body.freeze.id as string };
    };
    const first = await asked();
    expect(faultOf(await execute(as.sysadmin, first.form))).toMatchObject({ status: 409, reason: 'freeze_waits' });
    expect((await preview(as.sysadmin, first.form)).body.problems).toHaveLength(1);
    const list = (await as.sysadmin.request('GET', '/crm/access-requests?limit=100')).body.requests;
    expect(list.find((one: { id: string }) => one.id === first.form).can).toEqual({ execute: false, withdraw: true });
    expect((await decide(world(), first.freeze, as.exec, 'reject')).status).toBe(200);
    expect(await row(first.form)).toMatchObject({ state: 'rejected', executed_at: null });
    expect(await user(second.id)).toMatchObject({ status: 'active' });

    const taken = await asked();
    expect((await withdraw(as.sysadmin, taken.form)).status).toBe(200);
    expect((await freezes())[1]).toMatchObject({ id: taken.freeze, state: 'refused' });
    expect(await host.database('crm_approvals').where({ item: taken.freeze }).first('state')).toEqual({ state: 'void' });

    const agreed = await asked();
    expect((await decide(world(), agreed.freeze, as.exec)).status).toBe(200);
    expect(await row(agreed.form)).toMatchObject({ state: 'executed', executed_by: id.sysadmin });
    expect((await row(agreed.form))['executed_at']).not.toBeNull();
    expect(await user(second.id)).toMatchObject({ status: 'suspended' });
    expect(faultOf(await execute(as.sysadmin, agreed.form))).toMatchObject({ reason: 'already_executed' });
    expect((await thaw(as.sysadmin, second.id)).status).toBe(200);
    await host.database('directus_users').where({ id: second.id }).update({ status: 'archived' });
  });

  test('Q9, ACC-8: open forms are due by the calendar as it is now, and say where it is missing and that nothing waits', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const form = await filed(as.adminA, { kind: 'close', user: person.id, effective_on: FAR });
    const over = await filed(as.adminA, { kind: 'rights', user: person.id, to_role: 'segment_head', effective_on: FAR });
    await withdraw(as.adminA, over);
    expect(await dueOf(form)).toBe('2039-03-02');
    const early = (await freeze(as.adminA, (await hire(world(), 'sales_rep', segment.a)).id)).body.id as string;
    await host
      .database('crm_freezes')
      .where({ id: early })
      .update({ frozen_at: new Date(`${FAR}T04:00:00Z`) });
    const formDueOf = async () => fromStoredDay((await world().row('crm_freezes', early))['form_due_on']);
    const lines = async () => (await preview(as.adminA, form)).body.lines.filter((line: string) => line.includes('2039'));
    expect(await lines()).toEqual([
      '变动日期是 2039年3月1日，但执行后立即生效，不会等到那一天。',
      '2039 年的工作日历还没有录入，办理期限按周一至周五计算。',
    ]);
    expect((await preview(as.adminA, form)).body.problems).toEqual([]);
    const approval = await host.database('crm_approvals').where({ item: form }).first('id');
    const inbox = async (): Promise<string[]> =>
      (await as.headA.request('GET', `/crm/approvals/${approval.id}`)).body.lines.map(({ value }: { value: string }) => value);
    expect(await inbox()).toContain('2039 年的工作日历还没有录入，办理期限按周一至周五计算。');

    const say = (method: string, path: string, body?: object) => as.sysadmin.request(method, path, body);
    const added = await say('POST', '/items/crm_calendar_days', [
      { day: '2039-03-02', kind: 'holiday', name: '节' },
      { day: '2039-03-03', kind: 'holiday', name: '节' },
    ]);
    expect(added.status, added.text).toBe(200);
    const third = (added.body.data as { id: string; day: string }[]).find(({ day }) => day.startsWith('2039-03-03'));
    expect([await dueOf(form), await formDueOf()]).toEqual(['2039-03-04', '2039-03-04']);
    expect(await inbox()).toContain(toDayText('2039-03-04', 'zh-CN'));
    expect(await lines()).toHaveLength(1);
    expect((await say('PATCH', `/items/crm_calendar_days/${third!.id}`, { kind: 'workday' })).status).toBe(200);
    expect(await dueOf(form)).toBe('2039-03-03');
    expect(await dueOf(over)).toBe('2039-03-02');
    for (const { id } of added.body.data) expect((await say('DELETE', `/items/crm_calendar_days/${id}`)).status).toBe(204);
    expect([await dueOf(form), await formDueOf()]).toEqual(['2039-03-02', '2039-03-02']);
    const entries = await host.database('crm_audit').where({ collection: 'crm_access_requests', item: form, action: 'update' });
    expect(entries.length).toBeGreaterThanOrEqual(3);
    await withdraw(as.adminA, form);
  });

  test('ACC-8: a query or a body that is not as it should be is refused under its own code', async () => {
    const { as } = world();
    for (const query of ['limit=1000', 'limit=-1', 'offset=x', 'state=gone', 'more=1'])
      expect([query, faultOf(await as.adminA.request('GET', `/crm/access-requests?${query}`))]).toEqual([
        query,
        expect.objectContaining({ status: 400, code: 'INVALID_QUERY' }),
      ]);
    expect(faultOf(await execute(as.sysadmin, randomUUID(), { more: 1 }))).toMatchObject({ status: 400, code: 'INVALID_PAYLOAD' });
  });
}
