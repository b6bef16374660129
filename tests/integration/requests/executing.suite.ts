import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../../extensions/crm/src/kernel/roles.ts';
import { fromStoredDay, toStoredDay } from '../../../extensions/crm/src/platform/api/stored-day.ts';
import { noticeMissingCalendar } from '../../../extensions/crm/src/users/requests/overdue.ts';
import { logIn } from '../../harness/client.ts';
import type { Mail } from '../../harness/mail-server.ts';
import type { World } from '../access/world.ts';
import { enter, freeze, hire } from '../freeze/credentials.ts';
import { approved, dayFromNow, decide, execute, faultOf, file, filed, preview, TODAY, until, withdraw } from './desk.ts';

const CHOSEN = 'Chosen-by-me-2026!';

/** The text of a mail, whatever way its lines were encoded for the wire. */
function textOf(source: string): string {
  const [head, ...body] = source.split('\r\n\r\n');
  const text = body.join('\n');
  if (/transfer-encoding: base64/iu.test(head!)) return Buffer.from(text, 'base64').toString('utf8');
  return text.replaceAll(/=\r?\n/gu, '').replaceAll('=3D', '=');
}

/** The token of a link to the page that opens for it. */
const tokenIn = (link: string): string => {
  const { pathname, hash } = new URL(link);
  expect(pathname).toBe('/crm/reset-password');
  return hash.slice(1);
};

/** ACC-8, ACC-10: what carrying a form out really does. */
export function executingSuite(world: () => World, mailServer: () => { mails: Mail[]; stop(): Promise<void> }): void {
  const user = (id: string) => world().row('directus_users', id);
  const managed = (id: string) => world().host.database('crm_user_segments').where({ crm_user: id }).pluck('crm_segment');

  test('ACC-8: opened: the person logs in by a one-time link, with role, segment and post, once', async () => {
    const { as, segment, host, company } = world();
    const email = `${randomUUID()}@example.com`;
    const fields = {
      kind: 'open',
      last_name: '王',
      first_name: '小明',
      user_email: email,
      to_role: 'segment_admin',
      to_segment: segment.c,
    };
    const team = randomUUID();
    await host.database('crm_teams').insert({ id: team, name: '一组', segment: segment.c });
    const form = await filed(as.sysadmin, { ...fields, employee_no: 'E-77', to_position: '专员', to_team: team });
    expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 409, reason: 'not_approved' });
    for (const client of [as.adminA, as.headA, as.exec, as.repA1, world().root]) expect((await execute(client, form)).status).toBe(403);
    expect((await decide(world(), form, as.headA)).status).toBe(200);
    expect((await execute(as.sysadmin, form, { more: 1 })).status).toBe(400);
    const both = await Promise.all([execute(as.sysadmin, form), execute(as.sysadmin, form)]);
    expect(both.map(({ status }) => status).sort(), both.map(({ text }) => text).join()).toEqual([200, 409]);
    const done = both.find(({ status }) => status === 200)!.body;
    expect(faultOf(both.find(({ status }) => status === 409)!)).toMatchObject({ reason: 'already_executed' });
    expect(await user(done.user)).toMatchObject({
      ...{ email, first_name: '王小明', role: ROLE_IDS.segment_admin, crm_segment: segment.c, crm_company: company, crm_team: team },
      ...{ crm_position: '专员', crm_employee_no: 'E-77', status: 'active' },
    });
    expect(await managed(done.user)).toEqual([segment.c]);
    const token = tokenIn(done.first_link.link);
    expect(done.first_link.mailed).toBe(true);
    const [mail, ...more] = mailServer().mails.filter(({ to }) => to.includes(email));
    expect(more).toEqual([]);
    expect(textOf(mail!.source)).toContain(done.first_link.link);
    const choose = (password: string) => host.anonymous.request('POST', '/crm/session/reset', { token, password });
    expect((await choose(CHOSEN)).status).toBe(200);
    expect(faultOf(await choose('Another-2026-one!'))).toMatchObject({ status: 403 });
    const client = await logIn(host.url, email, CHOSEN);
    expect((await client.request('GET', '/crm/me')).body).toMatchObject({ role: 'segment_admin' });
    const log = await host.database('crm_audit').where({ collection: 'directus_users', item: done.user, action: 'create' }).first();
    expect(log).toMatchObject({ user: world().id.sysadmin, reason: '人员变动' });
    expect(JSON.stringify(await host.database('crm_audit'))).not.toContain(token);
  });

  test('ACC-8: an address that somebody of another segment has comes out when it is carried out, and only there (ORG-2)', async () => {
    const { as, segment } = world();
    const taken = await hire(world(), 'sales_rep', segment.b);
    const fields = { kind: 'open', last_name: '李', user_email: taken.email, to_role: 'sales_rep', to_segment: segment.a };
    const form = await approved(world(), as.adminA, fields);
    expect((await preview(as.adminA, form)).body.problems).toEqual([]);
    expect((await preview(as.sysadmin, form)).body.problems).toHaveLength(1);
    expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 409, reason: 'email_taken_elsewhere' });
    expect(await world().row('crm_access_requests', form)).toMatchObject({ state: 'approved', executed_by: null });
    await withdraw(as.adminA, form);
  });

  test('ORG-7: a post that is filled is refused in words and by the preview, and nothing is half done', async () => {
    const { as, segment, host } = world();
    const second = await hire(world(), 'segment_admin', segment.b);
    const email = `${randomUUID()}@example.com`;
    const fields = { kind: 'open', last_name: '赵', user_email: email, to_role: 'segment_admin', to_segment: segment.b };
    const form = await approved(world(), as.adminB, fields, as.headB);
    expect((await preview(as.adminB, form)).body.problems).toHaveLength(1);
    expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 400, reason: 'segment_admins_full' });
    expect(await host.database('directus_users').where({ email })).toEqual([]);
    expect(await world().row('crm_access_requests', form)).toMatchObject({ state: 'approved' });
    await host.database('directus_users').where({ id: second.id }).update({ status: 'archived' });
    expect((await execute(as.sysadmin, form)).status).toBe(200);
    await host.database('directus_users').where({ email }).update({ status: 'archived' });
  });

  test('ACC-10: closed: not while work is left, then every session is dead; opened again under its address', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const session = await enter(host.url, person);
    const { id: customer } = await world().create(person.client, 'crm_customers', { name: '待移交客户' });
    const form = await approved(world(), as.adminA, { kind: 'close', user: person.id });
    const shown = (await preview(as.sysadmin, form)).body;
    expect(shown).toMatchObject({ after: null, work: { total: 1, page: `/crm/handover?from=${person.id}` } });
    expect(shown.sees.find((one: { collection: string }) => one.collection === 'crm_customers')).toMatchObject({
      before: 1,
      after: 0,
      loses: 1,
    });
    const refused = await execute(as.sysadmin, form);
    expect(faultOf(refused)).toMatchObject({ status: 409, code: 'OPEN_WORK' });
    expect(refused.body.errors[0].extensions.work).toMatchObject({ counts: [{ collection: 'crm_customers', count: 1 }] });
    expect((await user(person.id))['status']).toBe('active');
    const done = await execute(as.sysadmin, form, { leave_work: true });
    expect([done.status, done.body.work.total], done.text).toEqual([200, 1]);
    expect((await session.request('GET', '/users/me')).status).toBe(401);
    expect((await person.client.request('GET', '/users/me')).status).toBe(401);
    expect(await user(person.id)).toMatchObject({ status: 'archived', token: null });
    expect((await world().row('crm_customers', customer)).owner).toBe(person.id);
    const again = { kind: 'open', last_name: '返聘', user_email: person.email, to_role: 'sales_rep', to_segment: segment.a };
    const reopened = await execute(as.sysadmin, await approved(world(), as.adminA, again));
    expect([reopened.status, reopened.body.user], reopened.text).toEqual([200, person.id]);
    await expect(enter(host.url, person)).rejects.toThrow();
    const token = tokenIn(reopened.body.first_link.link);
    await host.anonymous.request('POST', '/crm/session/reset', { token, password: CHOSEN });
    expect((await (await logIn(host.url, person.email, CHOSEN)).request('GET', '/users/me')).status).toBe(200);
  });

  test('ACC-10: moved: rights are another segment’s at once, the work stays and is named', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a, { crm_position: '销售' });
    const client = await enter(host.url, person);
    const { id: customer } = await world().create(person.client, 'crm_customers', { name: '留下的客户' });
    const fields = { kind: 'move', user: person.id, to_segment: segment.b, to_role: 'segment_head' };
    const form = await approved(world(), as.adminA, fields, as.headB);
    const before = await preview(as.adminA, form);
    expect(before.body, before.text).toMatchObject({
      ...{ before: { role: 'sales_rep' }, after: { role: 'segment_head', segment: { id: segment.b } }, beyond: true, work: { total: 1 } },
    });
    const seen = await host.database('crm_customers').where({ segment: segment.b }).count({ total: '*' });
    const all = (await preview(as.sysadmin, form)).body;
    expect(all.sees[0]).toMatchObject({ collection: 'crm_customers', before: 1, after: Number(seen[0]!['total']), loses: 1 });
    expect(all.beyond).toBe(false);
    const done = await execute(as.sysadmin, form);
    expect(done.body, done.text).toMatchObject({ work: { total: 1, counts: [{ collection: 'crm_customers', count: 1 }] } });
    expect(await user(person.id)).toMatchObject({ role: ROLE_IDS.segment_head, crm_segment: segment.b, crm_position: '销售' });
    expect(await managed(person.id)).toEqual([segment.b]);
    expect(await world().row('crm_customers', customer)).toMatchObject({ owner: person.id, segment: segment.a });
    const anew = await enter(host.url, person);
    expect((await anew.request('GET', `/items/crm_customers/${customer}`)).status).toBe(403);
    // The old token says another role than the person has.
    expect((await client.request('GET', `/items/crm_customers/${customer}`)).status).not.toBe(200);
    await host.database('directus_users').where({ id: person.id }).update({ status: 'archived' });
  });

  test('ACC-10, F11: other rights: a head who becomes a rep manages nothing; an executive is at home in the group', async () => {
    const { as, segment } = world();
    const head = await hire(world(), 'segment_head', segment.c);
    const down = await approved(world(), as.sysadmin, { kind: 'rights', user: head.id, to_role: 'sales_rep' });
    expect((await execute(as.sysadmin, down)).status).toBe(200);
    expect([await managed(head.id), (await user(head.id))['role']]).toEqual([[], ROLE_IDS.sales_rep]);
    const up = await filed(as.sysadmin, { kind: 'rights', user: head.id, to_role: 'group_executive' });
    expect((await decide(world(), up, as.exec)).status).toBe(200);
    expect((await execute(as.sysadmin, up)).status).toBe(200);
    expect(await user(head.id)).toMatchObject({ role: ROLE_IDS.group_executive, crm_segment: GROUP_SEGMENT_ID });
  });

  test('F8: whoever has got another post since the approval is not changed by the old form', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const form = await approved(world(), as.adminA, { kind: 'rights', user: person.id, to_role: 'segment_head' });
    await host.database('directus_users').where({ id: person.id }).update({ crm_segment: segment.b });
    expect(faultOf(await execute(as.sysadmin, form))).toMatchObject({ status: 409, reason: 'subject_changed' });
    expect((await user(person.id))['role']).toBe(ROLE_IDS.sales_rep);
  });

  test('ACC-9: frozen and thawed by form; the form of an early freeze is filed after it', async () => {
    const { as, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const rows = () => host.database('crm_freezes').where({ user: person.id }).orderBy('date_created');
    const form = await approved(world(), as.adminA, { kind: 'freeze', user: person.id });
    expect((await execute(as.sysadmin, form)).body.freeze).toMatchObject({ state: 'frozen' });
    expect((await rows())[0]).toMatchObject({ state: 'frozen', access_request: form });
    expect(Boolean((await rows())[0].early)).toBe(false);
    expect(faultOf(await file(as.adminA, { kind: 'freeze', user: person.id }))).toMatchObject({ status: 409, reason: 'already_frozen' });
    const back = await approved(world(), as.adminA, { kind: 'thaw', user: person.id });
    expect((await execute(as.sysadmin, back)).body.freeze).toMatchObject({ state: 'thawed' });
    expect((await user(person.id))['status']).toBe('active');

    expect((await freeze(as.adminA, person.id)).status).toBe(200);
    const late = await approved(world(), as.adminA, { kind: 'freeze', user: person.id });
    expect((await rows())[1]).toMatchObject({ state: 'frozen', access_request: late });
    expect((await execute(as.sysadmin, late)).body.freeze).toMatchObject({ state: 'frozen' });
    expect(await rows()).toHaveLength(2);
    const close = await approved(world(), as.adminA, { kind: 'close', user: person.id });
    expect((await execute(as.sysadmin, close)).status).toBe(200);
    expect((await rows())[1]).toMatchObject({ state: 'thawed', thaw_reason: '账号已注销' });
    expect((await user(person.id))['status']).toBe('archived');
  });

  test('ORG-8, Q5: an active system admin is neither closed nor demoted by a form; nobody carries out a form about themselves', async () => {
    const { as, id } = world();
    const second = await hire(world(), 'system_admin', null);
    const close = await filed(as.sysadmin, { kind: 'close', user: second.id });
    expect((await decide(world(), close, as.exec)).status).toBe(200);
    expect(faultOf(await execute(as.sysadmin, close))).toMatchObject({ status: 409, reason: 'freeze_first' });
    const own = await filed(second.client, { kind: 'rights', user: id.sysadmin, to_role: 'group_executive' });
    expect((await decide(world(), own, as.exec)).status).toBe(200);
    expect((await execute(as.sysadmin, own)).status).toBe(403);
    expect((await execute(second.client, own)).status).toBe(403);
    expect((await user(id.sysadmin))['role']).toBe(ROLE_IDS.system_admin);
    await world().host.database('directus_users').where({ id: second.id }).update({ status: 'archived' });
  });

  test('ACC-8: overdue ones are listed, and escalated once', async () => {
    const { as, id, segment, host } = world();
    const person = await hire(world(), 'sales_rep', segment.a);
    const form = await filed(as.adminA, { kind: 'close', user: person.id, effective_on: dayFromNow(-20) });
    const list = async () => (await as.adminA.request('GET', '/crm/access-requests?state=overdue')).body;
    expect(await list()).toMatchObject({ total: 1, overdue: 1, requests: [{ id: form, overdue: true }] });
    await until(async () => (await world().row('crm_access_requests', form))['escalated_at'] !== null);
    const told = (recipient: string) =>
      host.database('directus_notifications').where({ recipient, subject: '用户权限变更已逾期' }).orderBy('id');
    expect((await told(id.sysadmin)).length).toBe(1);
    expect((await told(id.adminA)).length).toBe(1);
    expect((await list()).requests[0]).toMatchObject({ escalated: true });
  });

  test('F38: from 1 November the system admins are told once that next year’s calendar is missing', async () => {
    const { id, host } = world();
    const told = (year: number) =>
      host.database('directus_notifications').where({ recipient: id.sysadmin, subject: `${year} 年的工作日历还没有录入` });
    const lookOn = (day: string) => noticeMissingCalendar(host.database, { now: () => new Date(`${day}T12:00:00+08:00`) });
    await lookOn('2041-10-31');
    expect(await told(2042)).toEqual([]);
    await lookOn('2041-11-01');
    await lookOn('2041-11-01');
    await lookOn('2041-12-31');
    expect(await told(2042)).toHaveLength(1);
    expect(await host.database('crm_install_state').where({ key: 'calendar.notice.2042' })).toHaveLength(1);
    const day = randomUUID();
    await host
      .database('crm_calendar_days')
      .insert({ id: day, day: toStoredDay(host.database, '2043-05-01'), kind: 'holiday', name: '节' });
    await lookOn('2042-11-15');
    expect(await told(2043)).toEqual([]);
    await host.database('crm_calendar_days').where({ id: day }).delete();
    await lookOn('2042-11-15');
    expect(await told(2043)).toHaveLength(1);
    await host.database('crm_install_state').where('key', 'like', 'calendar.notice.204%').delete();
  });

  test('F38: the serving host looks by itself, and the doctor says the same', async () => {
    const { id, root, host } = world();
    const [year, month] = TODAY.split('-').map(Number) as [number, number];
    const next = String(year + 1);
    const days: unknown[] = await host.database('crm_calendar_days').pluck('day');
    const isMissing = month >= 11 && !days.some((day) => fromStoredDay(day)?.startsWith(next));
    const told = () => host.database('directus_notifications').where({ recipient: id.sysadmin, subject: `${next} 年的工作日历还没有录入` });
    if (isMissing) await until(async () => (await told()).length > 0);
    const { findings } = (await root.request('GET', '/crm/doctor')).body as { findings: { kind: string; path: string }[] };
    const found = findings.filter(({ kind, path }) => kind === 'calendar_missing' && path === `calendar.${next}`);
    expect([(await told()).length, found.length]).toEqual(isMissing ? [1, 1] : [0, 0]);
    const key = `calendar.notice.${next}`;
    expect(await host.database('crm_install_state').where({ key })).toHaveLength(isMissing ? 1 : 0);
  });
}
