import { expect, it } from 'vitest';
import { decideFault, type FaultState } from './fault-course.ts';

const STATES: FaultState[] = ['new_fault', 'in_work', 'solved', 'closed'];
const ALLOWED: Record<string, string> = {
  'new_fault in_work': 'none',
  'in_work solved': 'solved',
  'solved closed': 'none',
  'solved in_work': 'reopened',
};

it.each(STATES.flatMap((from) => STATES.map((to) => [from, to] as const)))(
  'OPS-1: a fault goes from %s to %s only in order',
  (from, to) => {
    const decision = decideFault({ from, to, answer: '已修复' });
    const expected = from === to ? 'none' : (ALLOWED[`${from} ${to}`] ?? 'wrong_step');
    expect(decision.accepted ? decision.value : decision.reason).toBe(expected);
  },
);

it.each([null, '', '  '])('OPS-1: nothing is solved without a word of what was done (%j)', (answer) => {
  expect(decideFault({ from: 'in_work', to: 'solved', answer })).toEqual({ accepted: false, reason: 'answer_missing' });
});
