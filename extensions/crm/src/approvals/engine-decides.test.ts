/** APR-1, Q2, Q4, F8: what the engine writes, on a database in memory; the running host is tests/integration/approvals. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  actor,
  addRule,
  ask,
  database,
  decide,
  effects,
  history,
  id,
  refused,
  stored,
  suspend,
  told,
  useDesk,
} from '../../../../tests/harness/approvals-desk.ts';
import { fromStoredDay, toStoredDay } from '../platform/api/stored-day.ts';
import { countWaiting } from './inbox.ts';
import { requireStanding } from './standing.ts';

useDesk();

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
