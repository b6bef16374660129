import { expect, it } from 'vitest';
import { decideReassignment, type Declined } from './reassignment.ts';

const DECLINED: Declined = { assigned_by: 'head', assignment: 'declined', done_at: null, customer: null, lead: null, opportunity: null };

it.each([
  ['whoever assigned it gives it to somebody else', DECLINED, 'head', null],
  ['nobody else does', DECLINED, 'admin', 'not_assigner'],
  ['work on a record stays with its owner', { ...DECLINED, opportunity: 'o' }, 'head', 'on_a_record'],
  ['what is done is done', { ...DECLINED, done_at: 1 }, 'head', 'already_done'],
  ['nobody loses work that was not declined', { ...DECLINED, assignment: 'accepted' }, 'head', 'not_declined'],
])('SAL-6: of declined work, %s', (_name, activity, actor, reason) => {
  expect(decideReassignment(activity, actor)).toBe(reason);
});
