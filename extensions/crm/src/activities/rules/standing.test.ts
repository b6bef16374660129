import { expect, it } from 'vitest';
import { standingOf } from './standing.ts';

const TODAY = '2026-11-23';

it.each([
  ['without a day is open', { due_on: null }, 'open'],
  ['due today is open all day', { due_on: '2026-11-23' }, 'open'],
  ['due yesterday is overdue', { due_on: '2026-11-22' }, 'overdue'],
  ['due long ago and done is done', { due_on: '2026-01-01', done_at: '2026-11-22T08:00:00Z' }, 'done'],
  ['declined is never overdue', { due_on: '2026-01-01', assignment: 'declined' }, 'declined'],
  ['waiting for an answer is overdue like any other', { due_on: '2026-11-20', assignment: 'requested' }, 'overdue'],
])('SAL-6, SAL-8: an activity %s', (_name, activity, standing) => {
  expect(standingOf({ done_at: null, assignment: null, ...activity }, TODAY)).toBe(standing);
});
