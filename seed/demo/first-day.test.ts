import { describe, expect, it } from 'vitest';
import { customers, idMap, plan, reference, rowsOf, TODAY } from '../../tests/harness/planned-demo.ts';
import { createChance } from './chance.ts';
import { planFollowUps } from './plan/follow-ups.ts';
import { isWorkingDay } from './workdays.ts';

describe('what waits on the first day', () => {
  const approvals = rowsOf('crm_approvals') as unknown as {
    id: string;
    kind: string;
    state: string;
    item: string;
    due_on: string;
    owner: string;
  }[];
  const pending = approvals.filter(({ state }) => state === 'pending');

  it('APR-1: something of every kind waits, none of it is late, and nothing waits twice', () => {
    expect([...new Set(pending.map(({ kind }) => kind))].sort()).toEqual([
      'discount',
      'export_over_limit',
      'lead_allocation',
      'owner_transfer',
      'segment_transfer',
    ]);
    expect(pending.filter(({ kind }) => kind === 'discount')).toHaveLength(10);
    expect(pending.filter(({ due_on }) => due_on < TODAY)).toEqual([]);
    expect(new Set(pending.map(({ item }) => item)).size).toBe(pending.length);
    const decisions = rowsOf('crm_approval_decisions');
    expect(new Set(decisions.map(({ approval }) => approval)).size).toBe(approvals.length);
    const waiting = new Set<unknown>(pending.map(({ id }) => id));
    expect(decisions.filter(({ approval, decision }) => waiting.has(approval) && decision !== 'requested')).toEqual([]);
  });

  it('SAL-11: a discount above the limit was approved, unless it is still before its offer', () => {
    const reached = new Set(
      rowsOf('crm_stage_changes').flatMap(({ opportunity, to_stage }) =>
        to_stage === reference.stages.get('proposal') ? [opportunity] : [],
      ),
    );
    const large = rowsOf('crm_opportunities').filter(({ discount_percent }) => Number(discount_percent ?? 0) > 10);
    expect(large.length).toBeGreaterThan(10);
    for (const { id, discount_percent, discount_approved } of large) {
      const own = approvals.filter(({ kind, item }) => kind === 'discount' && item === id).map(({ state }) => state);
      expect([own, discount_approved ?? null]).toEqual(reached.has(id) ? [['approved'], discount_percent] : [['pending'], null]);
    }
  });

  it('ORG-3, CUS-13: transfers and disputes stand in different states, where their customers and claimants stand', () => {
    const states = (collection: string) => new Set(rowsOf(collection).map(({ state }) => state));
    expect([...states('crm_transfers')].sort()).toEqual(['approved', 'executed', 'followed', 'rejected', 'requested', 'withdrawn']);
    expect([...states('crm_disputes')].sort()).toEqual(['dismissed', 'open', 'referred', 'upheld', 'withdrawn']);
    const byId = idMap('crm_customers');
    const named = rowsOf('crm_transfers').map(({ customer }) => customer);
    expect(new Set(named).size).toBe(named.length);
    for (const { customer, segment, owner, state, to_segment, to_owner, requested_by } of rowsOf('crm_transfers')) {
      expect([segment, owner]).toEqual([byId.get(customer)!['segment'], byId.get(customer)!['owner']]);
      if (state === 'executed' || state === 'followed') expect([to_segment, to_owner]).toEqual([segment, owner]);
      else expect(requested_by).toBe(owner);
    }
  });

  it('SAL-3: every stage change says what kind it was, and how long the stage before it lasted', () => {
    const changes = rowsOf('crm_stage_changes');
    expect(changes.filter(({ kind }) => !kind)).toEqual([]);
    for (const { kind, from_stage, lasted_seconds } of changes) {
      expect(kind === 'created').toBe(from_stage === null);
      expect(lasted_seconds === null).toBe(kind === 'created');
    }
  });

  it('SAL-12: the plans have asked already, on working days, and nobody has more than a handful of it on one day', () => {
    const asked = rowsOf('crm_activities').filter(({ plan_key }) => plan_key);
    expect(asked.length).toBeGreaterThan(100);
    const perDay = new Map<string, number>();
    for (const { owner, due_on } of asked) {
      expect(String(due_on) >= TODAY && isWorkingDay(String(due_on))).toBe(true);
      const key = `${owner} ${due_on}`;
      perDay.set(key, (perDay.get(key) ?? 0) + 1);
    }
    expect(Math.max(...perDay.values())).toBeLessThanOrEqual(20);
    const activities = rowsOf('crm_activities') as never;
    const done = {
      customers: customers as never,
      leads: rowsOf('crm_leads') as never,
      opportunities: rowsOf('crm_opportunities') as never,
    };
    const again = planFollowUps({ ...done, activities, staff: plan.staff }, TODAY, createChance('again'));
    const known = new Set(asked.map(({ plan_key }) => plan_key));
    expect(again.filter(({ plan_key }) => !known.has(plan_key ?? null))).toEqual([]);
  });
});
