import { describe, expect, it } from 'vitest';
import { assignmentAfter, decideAnswer, type Assigned } from './answer.ts';

const OPEN: Assigned = { owner: 'rep', assignment: 'requested', done_at: null };

describe('SAL-6: answering to an assigned activity', () => {
  it('SAL-6: whoever is to do it takes it on', () => {
    expect(decideAnswer(OPEN, { actor: 'rep', answer: 'accept', reason: '' })).toEqual({
      accepted: true,
      value: { assignment: 'accepted', declined_reason: null },
    });
  });

  it('SAL-6: or declines it and says why', () => {
    expect(decideAnswer(OPEN, { actor: 'rep', answer: 'decline', reason: '本周外出' })).toEqual({
      accepted: true,
      value: { assignment: 'declined', declined_reason: '本周外出' },
    });
  });

  it.each([
    ['somebody else does not answer', OPEN, { actor: 'head', answer: 'accept' }, 'not_the_owner'],
    ['own work has nothing to answer', { ...OPEN, assignment: null }, { answer: 'accept' }, 'not_assigned'],
    ['an answer stands', { ...OPEN, assignment: 'accepted' }, { answer: 'decline', reason: 'x' }, 'already_answered'],
    ['what was declined is not taken on later', { ...OPEN, assignment: 'declined' }, { answer: 'accept' }, 'already_answered'],
    ['what is done is done', { ...OPEN, done_at: 1 }, { answer: 'decline', reason: 'x' }, 'already_done'],
    ['nobody declines without a reason', OPEN, { answer: 'decline' }, 'reason_required'],
  ] as const)('SAL-6: %s', (_name, activity, wish, reason) => {
    expect(decideAnswer(activity as Assigned, { actor: 'rep', reason: '', ...wish })).toEqual({ accepted: false, reason });
  });
});

describe('SAL-6: what becomes of an assignment by itself', () => {
  it.each([
    ['own work is nobody’s assignment', { assigned_by: null, assignment: null, done_at: null }, null],
    ['new work for somebody else waits', { assigned_by: 'head', assignment: null, done_at: null }, 'requested'],
    ['what was entered as done for somebody else waits for nobody', { assigned_by: 'head', assignment: null, done_at: 1 }, null],
    ['doing it is taking it on', { assigned_by: 'head', assignment: 'requested', done_at: 1 }, 'accepted'],
    ['doing it after all, too', { assigned_by: 'head', assignment: 'declined', done_at: 1 }, 'accepted'],
    ['an answer stays', { assigned_by: 'head', assignment: 'declined', done_at: null }, 'declined'],
  ] as const)('SAL-6: %s', (_name, activity, assignment) => {
    expect(assignmentAfter(activity)).toBe(assignment);
  });
});
