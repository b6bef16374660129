import { describe, expect, test } from 'vitest';
import type { Row } from '../../platform/api/host.ts';
import type { Judging } from './import-record.ts';
import { planValues } from './plan-values.ts';

const work = {
  now: new Date('2026-11-23T02:00:00Z'),
  today: '2026-11-23',
  localDay: '2026-11-23',
  actor: { language: 'zh-CN', user: 'rep', role: 'sales_rep' },
} as unknown as Judging;
const CUSTOMER = 'customer';
/** An activity that is due next week. */
const STANDING = { due_on: '2026-11-30', done_at: null, assigned_by: null };
const planned = (collection: string, values: object, { stored = null as Row | null, deals = [] as string[] } = {}) =>
  planValues(work, collection, { ...values }, { stored, deals: new Map([[CUSTOMER, deals.map((id) => ({ id, waits: false }))]]) });
const fault = (target: string, reason: string) => [{ column: null, target, reason }];

describe('SAL-7, ADR 0028: an order of a table is judged as on the form', () => {
  const order = { number: 'A-1', customer: CUSTOMER, signed_on: '2026-11-23' };

  test('nothing is signed on a day that has not come, whether the order is new or not', () => {
    for (const stored of [null, order])
      expect(planned('crm_orders', { ...order, signed_on: '2099-01-01' }, { stored })).toEqual(fault('signed_on', 'future_signature'));
  });

  test('it goes to the only opportunity that it can belong to; of several somebody chooses; of none it is the customer’s', () => {
    expect(planned('crm_orders', order, { deals: ['one'] })).toEqual({ ...order, opportunity: 'one' });
    expect(planned('crm_orders', order, { deals: ['one', 'other'] })).toEqual(fault('customer', 'opportunity_required'));
    expect(planned('crm_orders', order)).toEqual(order);
    // What was written long ago is not judged anew.
    expect(planned('crm_orders', order, { stored: order, deals: ['one', 'other'] })).toEqual(order);
  });
});

describe('SAL-8, USE-3, IMP-4: an activity of a table is judged and filled as on the form', () => {
  test('no new one is due on a day that is over, unless it is done; none is done later than now', () => {
    expect(planned('crm_activities', { due_on: '2026-11-22' })).toEqual(fault('due_on', 'due_in_past'));
    const late = { due_on: '2026-01-05', done_at: '2026-01-05T02:00:00.000Z', type: 'visit', subject: '补录' };
    expect(planned('crm_activities', late)).toEqual(late);
    for (const stored of [null, STANDING])
      expect(planned('crm_activities', { done_at: '2026-11-23T03:00:00.000Z' }, { stored })).toEqual(fault('done_at', 'done_in_future'));
  });

  test('open work is not moved to a day that is over; what stands may be sent again, and what is done may say when it was due', () => {
    const over = { due_on: '2026-11-22' };
    const moved = (stored: Row) => planned('crm_activities', over, { stored });
    expect(moved(STANDING)).toEqual(fault('due_on', 'due_moved_into_past'));
    expect(moved({ ...STANDING, due_on: '2026-11-22' })).toEqual(over);
    expect(moved({ ...STANDING, done_at: '2026-11-22T02:00:00.000Z' })).toEqual(over);
    expect(planned('crm_activities', { ...over, done_at: '2026-11-22T02:00:00.000Z' }, { stored: STANDING })).toMatchObject(over);
    const later = { due_on: '2026-12-24' };
    expect(planned('crm_activities', later, { stored: STANDING })).toEqual(later);
    expect(planned('crm_activities', later, { stored: { ...STANDING, assigned_by: 'head' } })).toEqual(fault('due_on', 'due_of_assigned'));
    expect(planned('crm_activities', later, { stored: { ...STANDING, assigned_by: 'rep' } })).toEqual(later);
  });

  test('one that says nothing of its kind is a call, one without a subject is called after its kind, “no change” is found out now', () => {
    expect(planned('crm_activities', { notes: 'x' })).toEqual({ notes: 'x', subject: '电话' });
    expect(planned('crm_activities', { type: 'no_change' })).toEqual({
      type: 'no_change',
      subject: '无变化',
      done_at: '2026-11-23T02:00:00.000Z',
    });
    expect(planned('crm_activities', { type: 'visit' }, { stored: STANDING })).toEqual({ type: 'visit' });
  });
});
