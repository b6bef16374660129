/** APR-1, Q2, Q4, F8: what the engine writes, on a database in memory; the running host is tests/integration/approvals. */
import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { modelInMemory } from '../../../../tests/harness/model-in-memory.ts';
import { ROLE_IDS, type RoleName } from '../kernel/roles.ts';
import { loadActor } from '../platform/api/actor.ts';
import { fromStoredDay, toStoredDay } from '../platform/api/stored-day.ts';
import { decideApproval } from './decide.ts';
import { escalateLate } from './escalate.ts';
import { askedPage, countWaiting, waitingPage } from './inbox.ts';
import { approvalOf, requestApproval, voidApprovals, type ApprovalKind } from './index.ts';
import { requireStanding } from './standing.ts';
import { commentApproval, withdrawApproval } from './talk.ts';
import { viewsOf } from './view.ts';

const TABLES = [
  ...['crm_approvals', 'crm_approval_decisions', 'crm_approval_rules', 'crm_approval_steps', 'crm_calendar_days', 'crm_segments'],
  ...['crm_user_segments', 'crm_install_state', 'crm_customers', 'crm_leads', 'crm_opportunities'],
];
const ids = Object.fromEntries(
  ['s01', 's02', 'rule', 'step', 'customer', 'rep', 'rep2', 'head', 'head2', 'sysadmin', 'executive', 'otherRep'].map((name) => [
    name,
    randomUUID(),
  ]),
) as Record<string, string>;
const id = (name: string): string => ids[name]!;

let database: Knex;
let now: Date;
const clock = { now: () => now };
const effects: string[] = [];

/** A change of owner, as small as it may be: what is asked about is the customer's name. */
const transfer: ApprovalKind = {
  kind: 'owner_transfer',
  fingerprint: async (from, { item }) => (await from('crm_customers').where({ id: item }).first('name'))?.name ?? '',
  async approved(inside, { item, asked, state }) {
    if (asked['owner'] === 'nobody') throw new Error('not to be had');
    effects.push(`approved while ${state}`);
    await inside('crm_customers').where({ id: item }).update({ owner: asked['owner'] });
  },
  rejected: async () => void effects.push('rejected'),
  withdrawn: async (_inside, _approval, actor) => void effects.push(actor ? 'withdrawn' : 'void'),
};
const ports = { clock, kinds: [transfer] };

const user = (name: string, role: RoleName, segment: string, managed: string[] = []) => ({ name, role, segment, managed });
const PEOPLE = [
  user('rep', 'sales_rep', 's01'),
  user('rep2', 'sales_rep', 's01'),
  user('otherRep', 'sales_rep', 's02'),
  user('head', 'segment_head', 's01', ['s01']),
  user('head2', 'segment_head', 's02', ['s02']),
  user('sysadmin', 'system_admin', 's00'),
  user('executive', 'group_executive', 's00'),
];

beforeEach(async () => {
  now = new Date('2026-11-26T02:00:00Z');
  effects.length = 0;
  database = await modelInMemory(TABLES);
  for (const segment of ['s01', 's02'])
    await database('crm_segments').insert({ id: id(segment), code: segment, name: segment, timezone: 'Asia/Shanghai' });
  for (const { name, role, segment, managed } of PEOPLE) {
    const language = name === 'rep2' ? 'en-US' : 'zh-CN';
    await database('directus_users').insert({
      ...{ id: id(name), first_name: name, role: ROLE_IDS[role], status: 'active', language, crm_segment: ids[segment] ?? segment },
    });
    for (const one of managed) await database('crm_user_segments').insert({ id: randomUUID(), crm_user: id(name), crm_segment: id(one) });
  }
  await database('crm_customers').insert({ id: id('customer'), name: 'Acme', segment: id('s01'), owner: id('rep') });
  await addRule('rule', null, [{ id: id('step'), by: 'role', role: 'segment_head', sort: 1 }]);
});
afterEach(() => database.destroy());

async function addRule(name: string, segment: string | null, steps: object[], values: object = {}): Promise<void> {
  ids[name] ??= randomUUID();
  await database('crm_approval_rules').insert({
    ...{ id: id(name), name, kind: 'owner_transfer', mode: 'any_of', limit_days: 2, escalate_to: 'group_executive', active: true, segment },
    ...values,
  });
  for (const step of steps) await database('crm_approval_steps').insert({ id: randomUUID(), rule: id(name), segment, ...step });
}

const ask = (values: object = {}) =>
  database.transaction((inside) =>
    requestApproval(inside, ports, {
      ...{ kind: 'owner_transfer' as const, collection: 'crm_customers', item: id('customer'), about: { customer: id('customer') } },
      ...{
        segment: id('s01'),
        owner: id('rep'),
        title: 'Acme',
        asked: { owner: id('rep2') },
        reason: 'moved away',
        requestedBy: id('rep'),
      },
      ...values,
    }),
  );
const actor = async (name: string) => (await loadActor(database, { user: id(name) } as never))!;
const decide = async (name: string, approval: string, values: object = {}) =>
  decideApproval(database, ports, await actor(name), approval, { decision: 'approve', comment: null, version: 1, ...values });
const history = (approval: string): Promise<string[]> =>
  database('crm_approval_decisions').where({ approval }).orderBy('at').pluck('decision');
const told = async (name: string): Promise<string[]> =>
  database('directus_notifications')
    .where({ recipient: id(name) })
    .pluck('subject');
const stored = (approval: string) => database('crm_approvals').where({ id: approval }).first();
const suspend = (name: string) =>
  database('directus_users')
    .where({ id: id(name) })
    .update({ status: 'suspended' });
const refused = (reason: string) => ({ extensions: { reason } });

describe('asking', () => {
  it('APR-1: a request has its history, its time limit in working days, and those who decide are told without a name', async () => {
    const { id: approval } = await ask();
    const row = await stored(approval);
    expect([row.state, row.version, row.customer, fromStoredDay(row.due_on)]).toEqual(['pending', 1, id('customer'), '2026-11-30']);
    expect(JSON.parse(row.asked)).toEqual({ owner: id('rep2'), state: 'Acme' });
    expect(await history(approval)).toEqual(['requested']);
    expect(await told('head')).toEqual(['待您审批：版块内划转']);
    expect(JSON.stringify(await database('directus_notifications'))).not.toContain('Acme');
    expect(await database('directus_notifications')).toHaveLength(1);
  });

  it('APR-1: a make-up day counts as a working day', async () => {
    await database('crm_calendar_days').insert({ id: randomUUID(), day: toStoredDay(database, '2026-11-28'), kind: 'workday' });
    const { id: approval } = await ask();
    expect(fromStoredDay((await stored(approval)).due_on)).toBe('2026-11-28');
  });

  it('APR-1: the segment’s own rule comes before the one for all; one that is off does not count', async () => {
    await addRule('own', id('s01'), [{ by: 'role', role: 'sales_rep' }]);
    const { id: approval } = await ask();
    expect((await stored(approval)).rule).toBe(id('own'));
    await database('crm_approvals').delete();
    await database('crm_approval_rules')
      .where({ id: id('own') })
      .update({ active: false });
    expect((await stored((await ask()).id)).rule).toBe(id('rule'));
  });

  it.each([
    ['there is no rule', () => database('crm_approval_rules').delete(), 'no_rule'],
    ['the rule is off', () => database('crm_approval_rules').update({ active: false }), 'no_rule'],
    ['the rule has no steps', () => database('crm_approval_steps').delete(), 'no_rule'],
    ['the rule is another segment’s', () => database('crm_approval_rules').update({ segment: id('s02') }), 'no_rule'],
    ['nobody at all could decide', () => Promise.all(['head', 'sysadmin', 'executive'].map(suspend)), 'nobody_decides'],
  ])('APR-1: where %s, asking is refused and leaves nothing; it is never approved by itself', async (_name, spoil, reason) => {
    await spoil();
    await expect(ask()).rejects.toMatchObject(refused(reason));
    expect(await database('crm_approvals')).toEqual([]);
    expect(await database('crm_approval_decisions')).toEqual([]);
  });

  it('APR-1: a second request of the kind for the same record is refused while one waits', async () => {
    await ask();
    await expect(ask()).rejects.toMatchObject({ ...refused('already_pending'), status: 409 });
  });

  it('F8: a head who asks is not their own approver: it goes to the next level at once', async () => {
    const { id: approval } = await ask({ requestedBy: id('head') });
    expect(await history(approval)).toEqual(expect.arrayContaining(['requested', 'rerouted']));
    expect(await told('head')).toEqual([]);
    expect(await told('executive')).toHaveLength(1);
    await expect(decide('head', approval)).rejects.toMatchObject({ ...refused('four_eyes'), status: 403 });
    expect((await stored(approval)).state).toBe('pending');
  });
});

describe('deciding', () => {
  it('APR-1: an approval has its effect in the same transaction, and whoever asked is told', async () => {
    const { id: approval } = await ask();
    expect(await decide('head', approval)).toEqual({ id: approval, state: 'approved', version: 2 });
    expect(effects).toEqual(['approved while approved']);
    const row = await stored(approval);
    expect([row.state, row.version, row.decided_by]).toEqual(['approved', 2, id('head')]);
    expect((await database('crm_customers').first()).owner).toBe(id('rep2'));
    expect(await history(approval)).toEqual(['requested', 'approved']);
    expect(await told('rep')).toEqual(['已批准：版块内划转']);
  });

  it('F8: two clicks at once have one effect; the other one is a conflict', async () => {
    const { id: approval } = await ask();
    const both = await Promise.allSettled([decide('head', approval), decide('head', approval, { decision: 'reject', comment: 'no' })]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((both.find(({ status }) => status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({ status: 409 });
    expect(effects).toHaveLength(1);
    expect(await history(approval)).toHaveLength(2);
  });

  it('F8: an approval that is sent again is a conflict', async () => {
    const { id: approval } = await ask();
    await decide('head', approval);
    for (const version of [1, 2])
      await expect(decide('head', approval, { version })).rejects.toMatchObject({ ...refused('not_pending'), status: 409 });
    expect(effects).toHaveLength(1);
  });

  it('F8: another version than the one that was shown is a conflict', async () => {
    const { id: approval } = await ask();
    await expect(decide('head', approval, { version: 2 })).rejects.toMatchObject({ ...refused('stale'), status: 409 });
    expect((await stored(approval)).state).toBe('pending');
  });

  it.each([
    ['was changed', () => database('crm_customers').update({ name: 'Acme 2' })],
    ['is gone', () => database('crm_customers').delete()],
  ])('F8: where the record %s after it was asked for, the decision is a conflict and the request is void', async (_name, change) => {
    const { id: approval } = await ask();
    await change();
    await expect(decide('head', approval)).rejects.toMatchObject({ ...refused('subject_changed'), status: 409 });
    expect((await stored(approval)).state).toBe('void');
    expect(await history(approval)).toEqual(['requested', 'voided']);
    expect(effects).toEqual(['void']);
    expect(await told('rep')).toEqual(['已失效：版块内划转']);
  });

  it('APR-1: an effect that fails leaves no half state', async () => {
    const { id: approval } = await ask({ asked: { owner: 'nobody' } });
    await expect(decide('head', approval)).rejects.toThrow('not to be had');
    expect((await stored(approval)).state).toBe('pending');
    expect(await history(approval)).toEqual(['requested']);
    expect(await told('rep')).toEqual([]);
  });

  it('APR-1: a rejection says why', async () => {
    const { id: approval } = await ask();
    await expect(decide('head', approval, { decision: 'reject' })).rejects.toMatchObject({ ...refused('comment_required'), status: 400 });
    await decide('head', approval, { decision: 'reject', comment: '理由不足' });
    expect((await stored(approval)).state).toBe('rejected');
    expect(effects).toEqual(['rejected']);
    expect((await database('crm_approval_decisions').where({ decision: 'rejected' }).first()).comment).toBe('理由不足');
    expect(await told('rep')).toEqual(['已驳回：版块内划转']);
  });

  it('APR-1: step by step, each with its own approvers; the effect comes after the last one', async () => {
    await addRule(
      'chain',
      id('s01'),
      [
        { by: 'role', role: 'segment_head', sort: 1 },
        { by: 'role', role: 'system_admin', sort: 2 },
      ],
      { mode: 'sequential' },
    );
    const { id: approval } = await ask();
    await expect(decide('sysadmin', approval)).rejects.toMatchObject(refused('not_approver'));
    expect(await decide('head', approval)).toEqual({ id: approval, state: 'pending', version: 2 });
    expect([effects, await told('sysadmin')]).toEqual([[], ['待您审批：版块内划转']]);
    await expect(decide('head', approval, { version: 2 })).rejects.toMatchObject(refused('not_approver'));
    await decide('sysadmin', approval, { version: 2 });
    expect(effects).toHaveLength(1);
    expect(await history(approval)).toEqual(['requested', 'approved', 'approved']);
  });

  it('ORG-2: to somebody who has nothing to do with it, it is absent', async () => {
    const { id: approval } = await ask();
    for (const name of ['head2', 'otherRep', 'rep2']) {
      await expect(decide(name, approval)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(requireStanding(database, await actor(name), approval)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    for (const nothing of [randomUUID(), 'x', '']) await expect(decide('head', nothing)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('when the approver is not there', () => {
  const byHead = { by: 'person', sort: 1 };

  it('APR-1: whoever is removed meanwhile gets a clear refusal, and it is decided one level up', async () => {
    const { id: approval } = await ask();
    await database('crm_user_segments')
      .where({ crm_user: id('head') })
      .update({ crm_segment: id('s02') });
    await database('directus_users')
      .where({ id: id('head') })
      .update({ crm_segment: id('s02') });
    await expect(decide('head', approval)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect((await stored(approval)).state).toBe('pending');
    await decide('executive', approval);
    expect(effects).toHaveLength(1);
  });

  it('APR-1: an approver who is no longer one but still sees it is told so', async () => {
    const { id: approval } = await ask();
    await database('crm_approval_steps').update({ role: 'system_admin' });
    await expect(decide('head', approval)).rejects.toMatchObject({ ...refused('not_approver'), status: 403 });
  });

  it('APR-1: the substitute decides while the approver is suspended, in their name', async () => {
    await addRule('own', id('s01'), [{ ...byHead, person: id('head'), delegate: id('rep2') }]);
    const { id: approval } = await ask();
    await expect(decide('rep2', approval)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await suspend('head');
    await decide('rep2', approval);
    const entry = await database('crm_approval_decisions').where({ decision: 'approved' }).first();
    expect([entry.by, entry.acting_for]).toEqual([id('rep2'), id('head')]);
  });

  it('APR-1: a step whose person was deleted falls to the substitute, without one to the next level', async () => {
    await addRule('own', id('s01'), [{ ...byHead, person: null, delegate: null }]);
    const { id: approval } = await ask();
    expect(await told('executive')).toHaveLength(1);
    await suspend('executive');
    expect(await countWaiting(database, await actor('sysadmin'))).toBe(1);
    await decide('sysadmin', approval);
    expect(effects).toHaveLength(1);
  });
});

describe('what is late', () => {
  it('APR-1: goes up once, with a new time limit, and is no longer the first approver’s', async () => {
    const { id: approval } = await ask();
    await escalateLate(database, clock);
    now = new Date('2026-11-30T15:59:00Z');
    await escalateLate(database, clock);
    expect(await history(approval)).toEqual(['requested']);
    now = new Date('2026-11-30T16:01:00Z');
    await escalateLate(database, clock);
    await escalateLate(database, clock);
    const row = await stored(approval);
    expect([row.version, fromStoredDay(row.due_on), row.escalated_at === null]).toEqual([2, '2026-12-03', false]);
    expect(await history(approval)).toEqual(['requested', 'escalated']);
    expect([await told('executive'), await told('rep')]).toEqual([['超时升级，待您审批：版块内划转'], ['已超时并升级：版块内划转']]);
    await expect(decide('head', approval, { version: 2 })).rejects.toMatchObject(refused('not_approver'));
    await decide('executive', approval, { version: 2 });
  });

  it('APR-1: stays where it is while nobody is there above', async () => {
    const { id: approval } = await ask();
    await suspend('executive');
    await suspend('sysadmin');
    now = new Date('2026-12-10T00:00:00Z');
    await escalateLate(database, clock);
    expect(await history(approval)).toEqual(['requested']);
    await decide('head', approval);
  });
});

describe('taking back, talking, ending', () => {
  it('APR-1: whoever asked withdraws it while it waits, and nobody else', async () => {
    const { id: approval } = await ask();
    await expect(withdrawApproval(database, ports, await actor('head'), { id: approval, comment: null })).rejects.toMatchObject(
      refused('not_requester'),
    );
    await withdrawApproval(database, ports, await actor('rep'), { id: approval, comment: '不需要了' });
    expect([(await stored(approval)).state, effects]).toEqual(['withdrawn', ['withdrawn']]);
    await expect(withdrawApproval(database, ports, await actor('rep'), { id: approval, comment: null })).rejects.toMatchObject({
      status: 409,
    });
    await expect(decide('head', approval, { version: 2 })).rejects.toMatchObject(refused('not_pending'));
    await ask();
  });

  it('APR-1: a comment is kept and the other side is told; it makes no decision stale', async () => {
    const { id: approval } = await ask();
    await commentApproval(database, ports, await actor('head'), { id: approval, comment: '为什么？' });
    await commentApproval(database, ports, await actor('rep'), { id: approval, comment: '客户要求' });
    expect([await told('rep'), (await told('head')).at(-1)]).toEqual([['有新评论：版块内划转'], '有新评论：版块内划转']);
    await expect(commentApproval(database, ports, await actor('head2'), { id: approval, comment: 'x' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    await decide('head', approval);
  });

  it('APR-1: what waits for a record ends with it, and only that', async () => {
    const { id: approval } = await ask();
    const about = { collection: 'crm_customers', item: id('customer') };
    expect(await voidApprovals(database, clock, { ...about, kind: 'discount' })).toBe(0);
    expect(await voidApprovals(database, clock, { ...about, item: randomUUID() })).toBe(0);
    expect(await voidApprovals(database, clock, about)).toBe(1);
    expect(await voidApprovals(database, clock, about)).toBe(0);
    expect(await approvalOf(database, { ...about, kind: 'owner_transfer' })).toMatchObject({
      id: approval,
      state: 'void',
      asked: { owner: id('rep2') },
    });
    expect(await approvalOf(database, { ...about, kind: 'owner_transfer', state: 'pending' })).toBeNull();
  });
});

describe('the inbox', () => {
  it('APR-1: shows what waits for the caller, first due first, and what the caller asked for', async () => {
    const second = randomUUID();
    await database('crm_customers').insert({ id: second, name: 'Beta', segment: id('s01'), owner: id('rep2') });
    const late = await ask();
    now = new Date('2026-11-24T02:00:00Z');
    const early = await ask({ item: second, about: { customer: second }, owner: id('rep2'), requestedBy: id('rep2') });
    const page = { limit: 10, offset: 0 };
    const waiting = async (name: string) => (await waitingPage(database, await actor(name), page)).approvals.map((one) => one.id);
    expect(await waiting('head')).toEqual([early.id, late.id]);
    expect((await waitingPage(database, await actor('head'), { limit: 1, offset: 1 })).approvals.map((one) => one.id)).toEqual([late.id]);
    for (const name of ['rep', 'head2', 'executive', 'sysadmin', 'otherRep']) expect(await waiting(name)).toEqual([]);
    expect(await countWaiting(database, await actor('head'))).toBe(2);
    expect((await askedPage(database, await actor('rep2'), page)).approvals.map((one) => one.id)).toEqual([early.id]);
    await decide('head', early.id);
    expect(await waiting('head')).toEqual([late.id]);
  });

  it('APR-1: says what is asked in words, what was said, and what the caller may do', async () => {
    const { id: approval } = await ask();
    const view = async (name: string) => {
      const who = await actor(name);
      return (await viewsOf(database, ports.kinds, who, [(await requireStanding(database, who, approval)).approval]))[0]!;
    };
    expect(await view('head')).toMatchObject({
      ...{ mayDecide: true, mayWithdraw: false, step: 1, steps: 1, waitsFor: ['head'], due_on: '2026-11-30', version: 1 },
      ...{ asked: { owner: id('rep2') }, lines: [{ label: '负责人', value: 'rep2' }], requested_by: { id: id('rep'), name: 'rep' } },
      decisions: [{ decision: 'requested', comment: 'moved away', by: { name: 'rep' } }],
    });
    expect((await view('head')).asked).not.toHaveProperty('state');
    expect(await view('rep')).toMatchObject({ mayDecide: false, mayWithdraw: true });
    expect(await view('sysadmin')).toMatchObject({ mayDecide: false, mayWithdraw: false });
  });
});
