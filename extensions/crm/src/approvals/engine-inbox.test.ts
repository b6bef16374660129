/** APR-1, Q2, Q4, F8: what the engine writes, on a database in memory; the running host is tests/integration/approvals. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  actor,
  ask,
  clock,
  database,
  decide,
  effects,
  history,
  id,
  ports,
  refused,
  setNow,
  stored,
  suspend,
  told,
  useDesk,
} from '../../../../tests/harness/approvals-desk.ts';
import { fromStoredDay } from '../platform/api/stored-day.ts';
import { escalateLate } from './escalate.ts';
import { askedPage, countWaiting, waitingPage } from './inbox.ts';
import { approvalOf, voidApprovals } from './index.ts';
import { requireStanding } from './standing.ts';
import { commentApproval, withdrawApproval } from './talk.ts';
import { viewsOf } from './view.ts';

useDesk();

describe('what is late', () => {
  it('APR-1: goes up once, with a new time limit, and is no longer the first approver’s', async () => {
    const { id: approval } = await ask();
    await escalateLate(database, clock);
    setNow('2026-11-30T15:59:00Z');
    await escalateLate(database, clock);
    expect(await history(approval)).toEqual(['requested']);
    setNow('2026-11-30T16:01:00Z');
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
    setNow('2026-12-10T00:00:00Z');
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
    setNow('2026-11-24T02:00:00Z');
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

  it('APR-1: counting reads groups, not requests: as many statements and rows for many as for one, also where approvers asked', async () => {
    const another = async (requestedBy: string, escalated: string | null): Promise<string> => {
      const key = randomUUID();
      const { asked, rule, segment } = await stored((await first).id);
      await database('crm_approvals').insert({
        ...{ id: key, kind: 'owner_transfer', state: 'pending', title: 'x', collection: 'crm_customers', item: randomUUID(), asked, rule },
        ...{ step: 1, version: 1, segment, requested_by: id(requestedBy), due_on: '2026-11-30', escalated_at: escalated },
      });
      return key;
    };
    const first = ask();
    await first;
    let read = { statements: 0, rows: 0 };
    database.on('query-response', (rows: unknown[]) => (read = { statements: read.statements + 1, rows: read.rows + rows.length }));
    const counted = async (name: string) => {
      const who = await actor(name);
      read = { statements: 0, rows: 0 };
      return [await countWaiting(database, who), { ...read }] as const;
    };
    const [one, forOne] = await counted('head');
    for (let n = 0; n < 40; n += 1) await another(n % 2 ? 'rep' : 'rep2', null);
    const [many, forMany] = await counted('head');
    expect([one, many, forMany]).toEqual([1, 41, forOne]);
    // Their own head's goes up to the executive, and so does what is late; neither is the head's.
    const own = [await another('head', null), await another('rep', '2026-11-30')];
    expect((await counted('head'))[0]).toBe(41);
    expect((await counted('executive'))[0]).toBe(2);
    const page = await waitingPage(database, await actor('executive'), { limit: 10, offset: 0 });
    expect([page.total, page.approvals.map((found) => found.id).sort()]).toEqual([2, own.sort()]);
    expect((await counted('sysadmin'))[0]).toBe(0);
  });

  it('F8: what is about an approver is not counted as theirs, whoever asked; what is about anybody else is', async () => {
    await ask({ person: id('rep2') });
    const second = randomUUID();
    await database('crm_customers').insert({ id: second, name: 'Beta', segment: id('s01'), owner: id('rep2') });
    const own = await ask({ item: second, about: { customer: second }, person: id('head') });
    const page = { limit: 10, offset: 0 };
    const waiting = async (name: string) => {
      const who = await actor(name);
      const found = await waitingPage(database, who, page);
      return [await countWaiting(database, who), found.total, found.approvals.length, found.approvals[0]?.id];
    };
    expect((await waiting('head')).slice(0, 3)).toEqual([1, 1, 1]);
    expect(await waiting('executive')).toEqual([1, 1, 1, own.id]);
  });

  it('Q1: what became somebody else’s is not shown to the rep who asked for it, wherever it is looked for', async () => {
    const { id: approval } = await ask();
    const page = { limit: 10, offset: 0 };
    const asked = async () => (await askedPage(database, await actor('rep'), page)).approvals.map((one) => one.id);
    expect(await asked()).toEqual([approval]);
    await database('crm_approvals').where({ id: approval }).update({ owner: null });
    expect(await asked()).toEqual([approval]);
    await database('crm_approvals')
      .where({ id: approval })
      .update({ owner: id('rep2') });
    expect(await asked()).toEqual([]);
    await expect(requireStanding(database, await actor('rep'), approval)).rejects.toMatchObject({ code: 'FORBIDDEN' });
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
