import { accept, refuse, type Decision } from '../../../kernel/decision.ts';

export type FaultState = 'new_fault' | 'in_work' | 'solved' | 'closed';

/** What comes next of a fault (OPS-1): looked at, solved, filed; one that was not solved after all is taken up again. */
const NEXT: Readonly<Record<FaultState, readonly FaultState[]>> = {
  new_fault: ['in_work'],
  in_work: ['solved'],
  solved: ['closed', 'in_work'],
  closed: [],
};

export interface Course {
  from: FaultState;
  to: FaultState;
  /** What was done, as it stands after the change. */
  answer: string | null;
}

export type FaultReason = 'wrong_step' | 'answer_missing';

/** What a change of state means: solved now, taken up again, or neither. */
export function decideFault({ from, to, answer }: Course): Decision<'solved' | 'reopened' | 'none', FaultReason> {
  if (from === to) return accept('none');
  if (!NEXT[from].includes(to)) return refuse('wrong_step');
  if (to === 'solved') return answer?.trim() ? accept('solved') : refuse('answer_missing');
  return accept(from === 'solved' && to === 'in_work' ? 'reopened' : 'none');
}
