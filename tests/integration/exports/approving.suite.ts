import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { PersonName, World } from '../access/world.ts';
import { counterOf, type Made } from './counter.ts';
import { manyRows } from './many-rows.ts';

const EXPORTS = 'crm_exports';
/** One more than a rep takes out at once. */
const TOO_MANY = 1001;

interface Approval {
  id: string;
  state: string;
  title: string;
  version: number;
  reason: string;
  waitsFor: string[];
  lines: { label: string; value: string }[];
  mayDecide: boolean;
  requested_by: { name: string } | null;
}

/** More rows than somebody may take out: asked for, approved by somebody else, begun once (SEC-5, APR-1). */
export function approvingSuite(world: () => World): void {
  const counter = (who: PersonName) => counterOf(world().as[who]);
  const tag = `超量${randomUUID().slice(0, 6)}`;
  const ours = { name: { _starts_with: tag } };
  const rowOf = (id: string) => world().host.database(EXPORTS).where({ id }).first();
  const keysOf = (id: string) => world().host.database('crm_subject_keys').where({ collection: EXPORTS, item: id });
  const look = (who: PersonName, approval: string) => world().as[who].request<Approval>('GET', `/crm/approvals/${approval}`);
  const decide = (who: PersonName, approval: string, decision = 'approve', more: object = {}) =>
    world().as[who].request('POST', `/crm/approvals/${approval}/decide`, { decision, version: 1, ...more });
  const inbox = async (who: PersonName, box = 'waiting'): Promise<string[]> =>
    (await world().as[who].request<{ approvals: { id: string }[] }>('GET', `/crm/approvals/inbox?limit=100&box=${box}`)).body.approvals.map(
      ({ id }) => id,
    );
  async function asked(who: PersonName = 'repA1', body: object = {}): Promise<Made & { approval: string }> {
    const answer = await counter(who).ask({ filter: ours, ask: true, ...body });
    expect([answer.status, answer.body.status], answer.text).toEqual([202, 'asked']);
    return answer.body as Made & { approval: string };
  }
  async function approved(): Promise<Made & { approval: string }> {
    const made = await asked();
    expect((await decide('headA', made.approval)).status).toBe(200);
    return made;
  }

  beforeAll(() => manyRows(world(), tag, TOO_MANY));
  afterEach(async () => {
    const { database } = world().host;
    const open: string[] = await database(EXPORTS).whereIn('status', ['asked', 'approved']).pluck('id');
    await database(EXPORTS).whereIn('id', open).update({ status: 'stopped' });
    await database('crm_approvals').whereIn('item', open).where({ state: 'pending' }).update({ state: 'void' });
  });

  test('SEC-5, IMP-5, APR-1: asked for, seen and approved by the head, begun once by whoever asked, within their rows and masks', async () => {
    expect(await counter('repA1').why({ filter: ours })).toEqual([403, 'too_many_rows']);
    const made = await asked('repA1', { search: tag, reason: '给 13955556666 年度核对', sort: ['name'], fields: ['name', 'phone'] });
    expect(made).toMatchObject({ rows: TOO_MANY, available: false, start_by: null });
    const row = await rowOf(made.id);
    expect(row).toMatchObject({ approved_rows: TOO_MANY, owner: world().id.repA1, segment: world().segment.a });
    // What was looked for stands nowhere in clear.
    expect(JSON.stringify(row)).not.toContain(tag);
    expect(JSON.stringify(await world().host.database('crm_approvals').where({ id: made.approval }).first())).not.toContain(tag);

    const { body } = await look('headA', made.approval);
    expect(body).toMatchObject({
      state: 'pending',
      mayDecide: true,
      reason: '给 139****6666 年度核对',
      requested_by: { name: expect.any(String) },
    });
    const said = Object.fromEntries(body.lines.map(({ label, value }) => [label, value]));
    expect(said).toMatchObject({ 导出内容: '客户', 行数: '1,001', 格式: 'CSV', 敏感内容: '以掩码导出' });
    expect(said['选取方式']).toContain('按文字搜索');
    expect(said['申请人限额']).toContain('1,000');
    expect(await inbox('headA')).toContain(made.approval);
    expect((await counter('repA1').act('start', made.id)).status).toBe(409);
    expect((await counter('repA1').fetchFile(made.id, world().host.url)).status).toBe(409);

    expect((await decide('headA', made.approval)).status).toBe(200);
    const ready = await counter('repA1').look(made.id);
    expect(ready).toMatchObject({ status: 'approved', approval: made.approval });
    expect(Date.parse(ready.start_by!) - Date.now()).toBeGreaterThan(71 * 3_600_000);
    const before = (await world().as.repA1.request('GET', '/crm/exports?limit=1')).body.today;
    const [one, other] = await Promise.all([counter('repA1').act('start', made.id), counter('repA1').act('start', made.id)]);
    const codes = [one.status, other.status].sort();
    expect([201, 202]).toContain(codes[0]);
    expect([409, 429]).toContain(codes[1]);
    const done = await counter('repA1').ended(made.id);
    expect(done).toMatchObject({ status: 'done', rows: TOO_MANY, available: true });
    const text = (await counter('repA1').fetchFile(made.id, world().host.url)).bytes.toString();
    expect(text.split('\n').filter((line) => line.includes(tag))).toHaveLength(TOO_MANY);
    expect((await rowOf(made.id)).wish).toBeNull();
    expect(await keysOf(made.id)).toHaveLength(1);
    // It was approved for itself: what the role takes out in a day is as it was, and the same list needs the next approval.
    expect((await world().as.repA1.request('GET', '/crm/exports?limit=1')).body.today).toBe(before);
    expect(counter('repA1').outcome(await counter('repA1').act('start', made.id))).toEqual([409, 'not_approved']);
    expect(await counter('repA1').why({ filter: ours })).toEqual([403, 'too_many_rows']);
    const log = await world().host.database('crm_audit').where({ collection: EXPORTS, item: made.id }).orderBy('at').pluck('action');
    expect(log).toEqual(expect.arrayContaining(['create', 'update', 'download']));
  });

  test('SEC-5: what somebody may take out anyway needs nobody, and what is wrong is refused before it is asked', async () => {
    const few = await counter('repA1').ask({ filter: { name: { _in: [`${tag}多1`, `${tag}多2`] } }, ask: true });
    expect([few.status, few.body.approval]).toEqual([201, null]);
    const why = (body: object) => counter('repA1').why({ filter: ours, ask: true, ...body });
    expect(await why({ fields: ['name', 'phone_sealed'] })).toEqual([403, 'FORBIDDEN']);
    expect(await why({ fields: ['nothing'] })).toEqual([403, 'FORBIDDEN']);
    expect(await why({ reason: '' })).toEqual([400, 'reason_needed']);
    expect(await why({ sort: ['year(date_created)'] })).toEqual([400, 'bad_sort']);
    expect(await why({ filter: { name: { _eq: tag } } })).toEqual([400, 'no_rows']);
    expect(await why({ ask: 'yes' })).toEqual([400, 'bad_value']);
    const rules = () => world().host.database('crm_approval_rules').where({ kind: 'export_over_limit' });
    await rules().update({ active: false });
    const before = await world().host.database(EXPORTS).count({ n: '*' });
    expect(await why({})).toEqual([409, 'no_rule']);
    await rules().update({ active: true });
    expect(await world().host.database(EXPORTS).count({ n: '*' })).toEqual(before);
    // Kinds that a use case asks for are asked for there alone.
    const past = await world().as.repA1.request('POST', '/crm/approvals', { kind: 'export_over_limit', item: randomUUID(), reason: 'x' });
    expect(past.status).toBe(400);
    for (let n = 0; n < 5; n += 1) await asked();
    expect(await why({})).toEqual([409, 'asked_enough']);
  });

  test('ORG-2, F14: to everybody else it is absent, begun or not; four eyes decide', async () => {
    const made = await approved();
    for (const who of ['repA2', 'headA', 'repB', 'adminB', 'sysadmin'] as const)
      expect([who, (await counter(who).act('start', made.id)).status]).toEqual([who, 404]);
    const waiting = await asked();
    for (const who of ['repA2', 'repB', 'headB', 'adminB'] as const) {
      expect([who, (await look(who, waiting.approval)).status]).toEqual([who, 403]);
      expect([who, (await decide(who, waiting.approval)).status]).toEqual([who, 403]);
      expect([who, (await world().as[who].request('GET', `/items/crm_approvals/${waiting.approval}`)).status]).toEqual([who, 403]);
    }
    expect((await decide('repA1', waiting.approval)).status).toBe(403);
    expect((await look('adminA', waiting.approval)).body.mayDecide).toBe(false);
    expect(await inbox('repA1', 'asked')).toContain(waiting.approval);
  });

  test('ORG-2: whoever asks across segments asks the group, sees the own request all the same, and nobody of one segment does', async () => {
    await world().create('repC', 'crm_customers', { name: `${tag}别处有限公司` });
    const { database } = world().host;
    const answer = await counter('headA').ask({ filter: ours, ask: true });
    // A head may take out so many: nobody needs to be asked.
    expect([answer.status, answer.body.approval]).toEqual([answer.body.status === 'done' ? 201 : 202, null]);
    await counter('headA').ended(answer.body.id);
    await database(EXPORTS).where({ id: answer.body.id }).update({ rows_total: 29_500 });
    try {
      const made = await asked('headA');
      expect((await rowOf(made.id)).segment).toBe(world().segment.pool);
      expect((await look('headA', made.approval)).body).toMatchObject({ state: 'pending', mayDecide: false });
      expect(await inbox('headA', 'asked')).toContain(made.approval);
      expect((await look('sysadmin', made.approval)).body.mayDecide).toBe(true);
      for (const who of ['adminA', 'headB', 'repA1', 'repC'] as const)
        expect([who, (await look(who, made.approval)).status]).toEqual([who, 403]);
      expect((await decide('sysadmin', made.approval)).status).toBe(200);
      expect([201, 202]).toContain((await counter('headA').act('start', made.id)).status);
      expect(await counter('headA').ended(made.id)).toMatchObject({ status: 'done', rows: TOO_MANY + 1 });
    } finally {
      await database(EXPORTS).where({ id: answer.body.id }).update({ rows_total: 0 });
    }
  });

  test('ORG-2, Q1: at the moment it is begun its maker’s rows are those of that moment: fewer leave, more need another approval', async () => {
    const { database } = world().host;
    const mine = () => database('crm_customers').where({ name: `${tag}多7` });
    const fewer = await approved();
    await mine().update({ owner: world().id.repA2 });
    expect([201, 202]).toContain((await counter('repA1').act('start', fewer.id)).status);
    expect(await counter('repA1').ended(fewer.id)).toMatchObject({ status: 'done', rows: TOO_MANY - 1 });
    expect((await counter('repA1').fetchFile(fewer.id, world().host.url)).bytes.toString()).not.toContain(`${tag}多7,`);
    await mine().update({ owner: world().id.repA1 });

    const more = await approved();
    const extra = await world().create('repA1', 'crm_customers', { name: `${tag}新来有限公司` });
    const { act, outcome } = counter('repA1');
    expect(outcome(await act('start', more.id))).toEqual([403, 'more_than_approved']);
    expect((await rowOf(more.id)).status).toBe('approved');
    await database('crm_customers').where({ id: extra.id }).delete();
  });

  test('APR-1, ACC-9: whoever works elsewhere or as something else by now begins nothing, and their request is void', async () => {
    const { database } = world().host;
    const user = () => database('directus_users').where({ id: world().id.repA1 });
    const [ready, waiting] = [await approved(), await asked()];
    const { act, outcome } = counter('repA1');
    await user().update({ crm_segment: world().segment.b });
    try {
      expect((await decide('headA', waiting.approval)).status).toBe(409);
      expect(outcome(await act('start', ready.id))).toEqual([403, 'rights_changed']);
    } finally {
      await user().update({ crm_segment: world().segment.a });
    }
    expect(await counter('repA1').look(ready.id)).toMatchObject({ status: 'stopped', message: expect.stringContaining('权限') });
    expect(await counter('repA1').look(waiting.id)).toMatchObject({ status: 'stopped' });
    expect((await look('repA1', waiting.approval)).body.state).toBe('void');
    expect(await keysOf(ready.id)).toEqual([]);
  });

  test('APR-1: an approval is begun in time or not at all; refused or taken back it is over, and nothing of it is kept', async () => {
    const { act, outcome, look: lookAt } = counter('repA1');
    const late = await approved();
    await world()
      .host.database(EXPORTS)
      .where({ id: late.id })
      .update({ start_by: new Date(Date.now() - 1000) });
    expect(outcome(await act('start', late.id))).toEqual([410, 'approval_over']);
    expect(await lookAt(late.id)).toMatchObject({ status: 'stopped', message: expect.stringContaining('未在期限内') });

    const rejected = await asked();
    expect((await decide('headA', rejected.approval, 'reject', { comment: '不需要整张名单' })).status).toBe(200);
    expect((await lookAt(rejected.id)).status).toBe('rejected');
    expect(outcome(await act('start', rejected.id))).toEqual([409, 'not_approved']);

    const back = await asked();
    expect([(await act('cancel', back.id)).status, (await lookAt(back.id)).status]).toEqual([200, 'stopped']);
    expect((await look('repA1', back.approval)).body.state).toBe('withdrawn');
    const unbegun = await approved();
    expect([(await act('cancel', unbegun.id)).status, (await lookAt(unbegun.id)).status]).toEqual([200, 'stopped']);
    for (const { id } of [late, rejected, back, unbegun]) {
      expect([(await rowOf(id)).wish, await keysOf(id)]).toEqual([null, []]);
      expect(outcome(await act('cancel', id))).toEqual([409, 'not_running']);
    }
  });
}
