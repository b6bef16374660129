import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { PersonName, Stored } from '../access/world.ts';
import { reasons, type Stage } from '../customers/stage.ts';

interface Refusal {
  errors: { message: string; extensions: { code: string; reason?: string; field?: string } }[];
}

/** Work that somebody gives to somebody else: who may, who answers, and how it ends. */
export function assignmentsSuite(stage: () => Stage): void {
  const world = () => stage().world;
  const act = (who: PersonName, id: string, verb: string, body: unknown = {}) =>
    world().as[who].request<Refusal & Record<string, string | null>>('POST', `/crm/activities/${id}/${verb}`, body);
  const give = (who: PersonName, owner: PersonName, more: object = {}): Promise<Stored> =>
    world().create(who, 'crm_activities', { type: 'task', subject: '整理资料', owner: world().id[owner], ...more });
  const row = (id: string) => world().row('crm_activities', id);
  const notes = (who: PersonName, item: string) =>
    world().host.database('directus_notifications').where({ recipient: world().id[who], item });
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);

  test('SAL-6, ORG-4, ORG-5, Q16: executives give work to anybody, heads and admins in their segments', async () => {
    for (const [who, owner, segment] of [
      ['exec', 'repB', 'b'],
      ['headA', 'repA1', 'a'],
      ['adminA', 'repA2', 'a'],
    ] as const) {
      const given = await give(who, owner);
      expect(given).toMatchObject({ segment: world().segment[segment], assigned_by: world().id[who], assignment: 'requested' });
      expect(await notes(owner, given.id)).toHaveLength(1);
    }
    const across = await stage().post('crm_activities', { type: 'task', subject: '越界', owner: world().id.repB }, 'headA');
    expect([400, 403], across.text).toContain(across.status);
    expect((await stage().post('crm_activities', { type: 'task', subject: '越权', owner: world().id.repA2 }, 'repA1')).status).toBe(403);
  });

  test('ORG-4: an executive adds work on a record, which is then its owner’s, and edits nothing', async () => {
    const customer = await stage().enter({ name: '集团关注有限公司' });
    const given = await world().create('exec', 'crm_activities', { type: 'visit', subject: '集团拜访', customer });
    expect(given).toMatchObject({ owner: world().id.repA1, assigned_by: world().id.exec, assignment: 'requested' });
    expect((await stage().patch('crm_activities', given.id, { subject: '改' }, 'exec')).status).toBe(403);
    expect((await act('exec', given.id, 'done')).status).toBe(403);
    expect(await row(given.id)).toMatchObject({ subject: '集团拜访', done_at: null });
  });

  test('ORG-4: Bad input: an executive logs no finished work on a record, and does so of work of their own', async () => {
    const customer = await stage().enter({ name: '集团不代记有限公司' });
    const before = await stage().customer(customer);
    for (const fields of [
      { type: 'call', subject: '代记', done_at: '2026-01-05T02:00:00Z', customer },
      { type: 'no_change', customer },
    ]) {
      const answer = await stage().post('crm_activities', fields, 'exec');
      expect(answer.status, answer.text).toBe(400);
      expect(reasons(answer)).toEqual([['done_at', 'executive_assigns']]);
    }
    expect(await stage().customer(customer)).toEqual(before);
    const own = { type: 'task', subject: '自己的事', done_at: '2026-01-05T02:00:00Z' };
    const done = await stage().post('crm_activities', own, 'exec');
    expect(done.status, done.text).toBe(200);
  });

  test('SAL-6, Q1: work that was answered is asked again of the next owner of its record, and is a next step again', async () => {
    const customer = await stage().enter({ name: '换负责人有限公司' });
    const opportunity = (await world().create('repA1', 'crm_opportunities', { title: '随之移交', customer })).id;
    const work = (more: object) => world().create('headA', 'crm_activities', { type: 'visit', subject: '拜访', due_on: day(4), ...more });
    const [declined, accepted, finished] = [await work({ customer }), await work({ opportunity }), await work({ customer })];
    await act('repA1', declined.id, 'respond', { answer: 'decline', reason: '外出' });
    await act('repA1', accepted.id, 'respond', { answer: 'accept' });
    await act('repA1', finished.id, 'done');
    const given = await stage().patch('crm_activities', accepted.id, { subject: '不换人' }, 'repA1');
    expect(given.status, given.text).toBe(200);
    expect(await row(accepted.id)).toMatchObject({ assignment: 'accepted' });
    const moved = await stage().patch('crm_customers', customer, { owner: world().id.repA2 }, 'headA');
    expect(moved.status, moved.text).toBe(200);
    for (const { id } of [declined, accepted])
      expect(await row(id)).toMatchObject({ owner: world().id.repA2, assignment: 'requested', declined_reason: null });
    expect(await row(finished.id)).toMatchObject({ owner: world().id.repA2, assignment: 'accepted' });
    expect((await stage().customer(customer))['next_due_on']).not.toBeNull();
    const logged = await world().host.database('crm_audit').where({ collection: 'crm_activities', item: declined.id, action: 'update' });
    expect(JSON.stringify(logged)).toContain('requested');
    expect((await act('repA2', declined.id, 'respond', { answer: 'accept' })).status).toBe(200);
  });

  test('SAL-6, Q1: declined work that is hung on a record of somebody else waits for that person’s answer', async () => {
    const theirs = (await world().create('repA2', 'crm_customers', { name: '改挂有限公司' })).id;
    const given = await give('headA', 'repA1');
    await act('repA1', given.id, 'respond', { answer: 'decline', reason: '外出' });
    const hung = await stage().patch('crm_activities', given.id, { customer: theirs }, 'headA');
    expect(hung.status, hung.text).toBe(200);
    expect(await row(given.id)).toMatchObject({ owner: world().id.repA2, assignment: 'requested', declined_reason: null });
  });

  test.each(['exec', 'headA', 'adminA', 'sysadmin', 'repA1'] as const)(
    'SAL-6, Q1: an activity on a record for somebody else is refused, and the text names the rule (%s)',
    async (who) => {
      const customer = await stage().enter({ name: '负责人规则有限公司' });
      const answer = await stage().post('crm_activities', { type: 'call', subject: 'x', customer, owner: world().id.repA2 }, who);
      expect(answer.status).toBe(400);
      expect(reasons(answer)).toEqual([['owner', 'activity_of_record']]);
      expect(answer.body.errors[0]!.message).toMatch(/请另建一条不关联记录的行动，并在内容中写明客户|name the customer in the text/u);
    },
  );

  test('SAL-6: whoever is to do it takes it on, once', async () => {
    const given = await give('headA', 'repA1');
    expect((await act('headA', given.id, 'respond', { answer: 'accept' })).body.errors[0]!.extensions.code).toBe('NOT_THE_OWNER');
    const taken = await act('repA1', given.id, 'respond', { answer: 'accept' });
    expect([taken.status, taken.body]).toEqual([200, { id: given.id, assignment: 'accepted' }]);
    const again = await act('repA1', given.id, 'respond', { answer: 'decline', reason: '改主意' });
    expect([again.status, again.body.errors[0]!.extensions.code]).toEqual([409, 'ALREADY_ANSWERED']);
  });

  test('SAL-6, F15: declining needs a reason, tells whoever assigned it without a word of the customer, and is logged', async () => {
    const customer = await stage().enter({ name: '保密客户有限公司' });
    const given = await world().create('headA', 'crm_activities', { type: 'visit', subject: '保密客户拜访', customer, due_on: day(5) });
    expect((await stage().customer(customer))['next_due_on']).not.toBeNull();
    for (const body of [{ answer: 'decline' }, { answer: 'decline', reason: '  ' }, { answer: 'decline', reason: '\u200b\u3164' }])
      expect((await act('repA1', given.id, 'respond', body)).body.errors[0]!.extensions.code).toBe('REASON_REQUIRED');
    expect((await act('repA1', given.id, 'respond', { answer: 'decline', reason: '保密客户本周停工' })).status).toBe(200);
    expect(await row(given.id)).toMatchObject({ assignment: 'declined', declined_reason: '保密客户本周停工' });
    const [note, ...more] = await notes('headA', given.id);
    expect(more).toEqual([]);
    expect(`${note.subject} ${note.message}`).toMatch(/拒绝|declined/u);
    expect(JSON.stringify(note)).not.toContain('保密');
    expect((await stage().customer(customer))['next_due_on']).toBeNull();
    const logged = await world().host.database('crm_audit').where({ collection: 'crm_activities', item: given.id, action: 'update' });
    expect(JSON.stringify(logged)).toContain('declined');
  });

  test('SAL-6, Q1: declined work of its own is given to somebody else by whoever assigned it; work on a record is not', async () => {
    const given = await give('headA', 'repA1', { due_on: day(3) });
    const to = (owner: string) => ({ owner });
    expect((await act('headA', given.id, 'assign', to(world().id.repA2))).body.errors[0]!.extensions.code).toBe('NOT_DECLINED');
    await act('repA1', given.id, 'respond', { answer: 'decline', reason: '外出' });
    expect((await act('adminA', given.id, 'assign', to(world().id.repA2))).body.errors[0]!.extensions.code).toBe('NOT_THE_ASSIGNER');
    for (const owner of [world().id.repB, randomUUID()]) expect((await act('headA', given.id, 'assign', to(owner))).status).toBe(400);
    expect((await act('headA', given.id, 'assign', to('nobody'))).status).toBe(400);
    expect((await act('headA', given.id, 'assign', to(world().id.repA2))).status).toBe(200);
    expect(await row(given.id)).toMatchObject({ owner: world().id.repA2, assignment: 'requested', declined_reason: null });
    expect(await notes('repA2', given.id)).toHaveLength(1);
    expect((await world().as.repA1.request('GET', `/items/crm_activities/${given.id}`)).status).toBe(403);
    const customer = await stage().enter({ name: '随客户有限公司' });
    const onRecord = await world().create('headA', 'crm_activities', { type: 'call', subject: '电话', customer });
    await act('repA1', onRecord.id, 'respond', { answer: 'decline', reason: '不合适' });
    expect((await act('headA', onRecord.id, 'assign', to(world().id.repA2))).body.errors[0]!.extensions.code).toBe('ACTIVITY_OF_RECORD');
  });

  test('SAL-6, SAL-8: done says what came of it and what comes next, and doing it is taking it on', async () => {
    const customer = await stage().enter({ name: '完成有限公司' });
    const given = await world().create('adminA', 'crm_activities', { type: 'visit', subject: '拜访', customer, due_on: day(2) });
    const next = { type: 'call', subject: '确认报价', due_on: day(10) };
    const answer = await act('repA1', given.id, 'done', { outcome: '有意向', next_step: '报价', next });
    expect(answer.status, answer.text).toBe(200);
    expect(await row(given.id)).toMatchObject({
      outcome: '有意向',
      next_step: '报价',
      assignment: 'accepted',
      done_by: world().id.repA1,
    });
    const following = await row(answer.body['next']!);
    expect(following).toMatchObject({
      type: 'call',
      subject: '确认报价',
      customer,
      owner: world().id.repA1,
      done_at: null,
      assignment: null,
    });
    const kept = (await world().as.repA1.request('GET', `/items/crm_customers/${customer}?fields=last_activity_at,next_due_on`)).body.data;
    expect(kept).toEqual({ last_activity_at: answer.body['done_at'], next_due_on: next.due_on });
    const again = await act('repA1', given.id, 'done');
    expect([again.status, again.body.errors[0]!.extensions.code]).toEqual([409, 'ALREADY_DONE']);
  });

  test('SAL-6: a plain update of done_at is the same, and a next step that is refused leaves all as it was', async () => {
    const given = await give('headA', 'repA1');
    await stage().patch('crm_activities', given.id, { done_at: new Date().toISOString() });
    expect(await row(given.id)).toMatchObject({ assignment: 'accepted', done_by: world().id.repA1 });
    const own = await world().create('repA1', 'crm_activities', { type: 'call', subject: '自己的电话' });
    const refused = await act('repA1', own.id, 'done', { outcome: '完成', next: { type: 'call', subject: 'x', due_on: '2020-01-01' } });
    expect([refused.status, refused.body.errors[0]!.extensions.reason]).toEqual([400, 'due_in_past']);
    expect(await row(own.id)).toMatchObject({ done_at: null, outcome: null });
    const byHead = await give('headA', 'repA2');
    const done = await act('headA', byHead.id, 'done', { next: { type: 'task', subject: '继续', due_on: day(7) } });
    expect(done.status, done.text).toBe(200);
    expect(await row(byHead.id)).toMatchObject({ done_by: world().id.headA });
    expect(await row(done.body['next']!)).toMatchObject({ owner: world().id.repA2, assignment: 'requested' });
  });

  test('ORG-2: activities of others answer as absent ones on every route', async () => {
    const theirs = await world().create('repB', 'crm_activities', { type: 'call', subject: '他人电话' });
    for (const [verb, body] of [
      ['respond', { answer: 'accept' }],
      ['done', {}],
      ['assign', { owner: world().id.repA1 }],
    ] as const) {
      const absent = await act('repA1', randomUUID(), verb, body);
      expect(absent.status).toBe(403);
      for (const id of [theirs.id, 'nonsense']) expect((await act('repA1', id, verb, body)).body).toEqual(absent.body);
    }
  });

  test.each([
    ['respond', undefined],
    ['respond', {}],
    ['respond', []],
    ['respond', { answer: 'perhaps' }],
    ['respond', { answer: 'decline', reason: 5 }],
    ['done', { outcome: ['x'] }],
    ['done', { done_at: '2026-01-01' }],
    ['done', { next: { type: 'dance', due_on: '2027-01-01' } }],
    ['done', { next: { type: 'call', due_on: 'soon' } }],
    ['assign', {}],
    ['assign', { owner: [1] }],
  ])('SAL-6: Bad input: %s %j is refused in words', async (verb, body) => {
    const own = await world().create('repA1', 'crm_activities', { type: 'call', subject: '电话' });
    const answer = await act('repA1', own.id, verb, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0]!.message).toMatch(/不符合要求：/u);
  });

  test('USE-3, SAL-14: a quick entry needs no subject, and "no change" is done with it', async () => {
    const customer = await stage().enter({ name: '无变化有限公司' });
    const quick = await world().create('repA1', 'crm_activities', { type: 'no_change', customer });
    expect(quick).toMatchObject({ subject: '无变化', done_by: world().id.repA1 });
    expect(quick['done_at']).not.toBeNull();
    expect((await stage().customer(customer))['last_activity_at']).not.toBeNull();
    for (const [type, subject] of [
      ['call', '电话'],
      ['mail', '邮件'],
      ['visit', '拜访'],
      ['meeting', '会议'],
      ['message', '消息'],
      ['task', '任务'],
    ])
      expect(await world().create('repA1', 'crm_activities', { type, subject: '' })).toMatchObject({ subject, done_at: null });
    expect(await world().create('repA2', 'crm_activities', { type: 'no_change' })).toMatchObject({ subject: 'No change' });
  });

  test('SAL-8: Bad input: nothing is done in the future, and no new activity is due in the past; back-entries are welcome', async () => {
    const post = (fields: object) => stage().post('crm_activities', { type: 'call', subject: '日期', ...fields });
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect(reasons(await post({ done_at: soon }))).toEqual([['done_at', 'done_in_future']]);
    const yesterday = day(-2);
    const late = await post({ due_on: yesterday });
    expect(reasons(late)).toEqual([['due_on', 'due_in_past']]);
    expect(late.body.errors[0]!.message).toContain('补录已完成的工作请填写完成时间');
    const back = await post({ due_on: yesterday, done_at: '2026-01-05T02:00:00Z' });
    expect(back.status, back.text).toBe(200);
    expect(reasons(await stage().patch('crm_activities', back.body.data.id, { done_at: soon }))).toEqual([['done_at', 'done_in_future']]);
  });

  test('SAL-5: an activity is about one thing at most, and never about a row of somebody else', async () => {
    const theirs = (await world().create('repB', 'crm_customers', { name: '别人有限公司' })).id;
    const foreign = await stage().post('crm_activities', { type: 'call', subject: 'x', customer: theirs });
    const absent = await stage().post('crm_activities', { type: 'call', subject: 'x', customer: randomUUID() });
    expect([foreign.status, foreign.body]).toEqual([absent.status, absent.body]);
    expect(foreign.status).toBe(403);
  });
}
