import { describe, expect, it } from 'vitest';
import { planActivities, plansOf, type Plan, type PlannedFor, type Planning } from './plan-activities.ts';

const plan = (id: string, more: Partial<Plan> = {}): Plan => ({
  id,
  class: null,
  grade: null,
  segment: null,
  type: 'visit',
  subject: '拜访',
  every_days: 30,
  ahead_days: 14,
  priority: 'high',
  ...more,
});
const customer = (more: Partial<PlannedFor> = {}): PlannedFor => ({
  id: 'c',
  owner: 'rep',
  segment: 's',
  class: 'key',
  grade: 'A',
  created_on: '2026-10-01',
  ...more,
});
const plannedOn = (today: string, more: Partial<Planning> = {}) =>
  planActivities({ customers: [customer()], plans: [plan('p')], done: [], open: [], todayOf: () => today, calendar: new Map(), ...more });

describe('SAL-12, SAL-13, CUS-9: which plan a customer has', () => {
  const all = [
    plan('all'),
    plan('grade', { grade: 'A' }),
    plan('class', { class: 'key' }),
    plan('both', { class: 'key', grade: 'A' }),
    plan('own', { segment: 's' }),
    plan('elsewhere', { segment: 't', class: 'key', grade: 'A' }),
    plan('calls', { type: 'call' }),
  ];
  const without = (...ids: string[]) => all.filter(({ id }) => !ids.includes(id));
  const axes = { class: 'key', grade: 'A', segment: 's' };
  it.each([
    ['its segment’s own before any shared one', all, axes, ['own', 'calls']],
    ['class and grade before the class alone', without('own'), axes, ['both', 'calls']],
    ['the class before the grade', without('own', 'both'), axes, ['class', 'calls']],
    ['the grade before all', without('own', 'both', 'class'), axes, ['grade', 'calls']],
    ['a plan for all where nothing else fits', without('own'), { class: 'general', grade: 'C', segment: 's' }, ['all', 'calls']],
    ['none of a grade where it has none', without('own', 'all'), { class: 'general', grade: null, segment: 's' }, ['calls']],
  ])('SAL-12: %s', (_name, plans, of, ids) => {
    expect(plansOf(plans, of).map(({ id }) => id)).toEqual(ids);
  });
});

describe('SAL-12: when a planned activity is made', () => {
  it('SAL-12: so many days after the customer came, on that day’s key', () => {
    expect(plannedOn('2026-10-20')).toEqual([
      {
        plan_key: 'p:c:2026-10-31',
        customer: 'c',
        segment: 's',
        owner: 'rep',
        type: 'visit',
        subject: '拜访',
        priority: 'high',
        // A Saturday; people come back on Monday.
        due_on: '2026-11-02',
      },
    ]);
  });

  it.each([
    ['not before its time', '2026-10-16', {}, undefined],
    ['on the first day of its time', '2026-10-17', {}, '2026-11-02'],
    ['today where its day is over', '2026-11-25', {}, '2026-11-25'],
    ['on the next working day where today is none', '2026-11-28', {}, '2026-11-30'],
    ['on a Saturday that is worked', '2026-10-20', { calendar: new Map([['2026-10-31', 'workday' as const]]) }, '2026-10-31'],
    [
      'after a long holiday',
      '2026-10-20',
      { calendar: new Map(['2026-11-02', '2026-11-03'].map((day) => [day, 'holiday' as const])) },
      '2026-11-04',
    ],
    [
      'after the last one of its type',
      '2026-11-20',
      { done: [{ customer: 'c', type: 'visit', plan: null, on: '2026-11-03' }] },
      '2026-12-03',
    ],
    [
      'after what it asked for, whatever kind that became',
      '2026-11-20',
      { done: [{ customer: 'c', type: 'call', plan: 'p', on: '2026-11-03' }] },
      '2026-12-03',
    ],
    [
      'after the day it was asked for, when it was entered as done before that day',
      '2026-11-20',
      { done: [{ customer: 'c', type: 'visit', plan: 'p', on: '2026-09-20', asked: '2026-10-31' }] },
      '2026-11-30',
    ],
    [
      'after the day of the last work, when that is the later one',
      '2026-11-20',
      { done: [{ customer: 'c', type: 'visit', plan: 'p', on: '2026-11-03', asked: '2026-10-31' }] },
      '2026-12-03',
    ],
    ['another kind does not count', '2026-11-25', { done: [{ customer: 'c', type: 'call', plan: null, on: '2026-11-24' }] }, '2026-11-25'],
    ['not while one of it is open', '2026-11-25', { open: [{ customer: 'c', type: 'meeting', plan: 'p' }] }, undefined],
    ['not while one of a former plan is open', '2026-11-25', { open: [{ customer: 'c', type: 'visit', plan: 'q' }] }, undefined],
    ['once the other customer’s is open', '2026-11-25', { open: [{ customer: 'd', type: 'visit', plan: 'p' }] }, '2026-11-25'],
  ])('SAL-12: %s', (_name, today, more, due_on) => {
    expect(plannedOn(today, more)[0]?.due_on).toBe(due_on);
  });
});
