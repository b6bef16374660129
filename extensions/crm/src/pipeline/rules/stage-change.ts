import { accept, refuse, type Decision } from '../../kernel/decision.ts';
import { judgeGate, type GateRefusal, type Subject } from './stage-gate.ts';
import { placeIn, stagesOf, type Stage, type StageSet } from './stage-set.ts';

/** An opportunity that enters a stage. */
export interface StageChange {
  /** The stages of its segment. */
  set: StageSet;
  /** Where it stands; null: it is being created. */
  from: Stage | null;
  /** The open stage from which it was closed, where it is closed; null: nothing is known of that. */
  closedFrom: Stage | null;
  target: Stage;
  subject: Subject;
  /** Why it goes back or is opened again. */
  reason: string | null;
  /** Whoever moved it takes the move back at once. */
  isReversal: boolean;
}

export type ChangeKind = 'created' | 'forward' | 'back' | 'closed' | 'reopened' | 'reversal';

export type StageRefusal =
  | GateRefusal
  | { reason: 'no_first_stage' }
  | { reason: 'not_first'; first: Stage }
  | { reason: 'not_in_use'; stage: Stage }
  | { reason: 'skipped'; next: Stage | null }
  | { reason: 'reason_required' }
  | { reason: 'closed' };

type Step = Decision<ChangeKind, StageRefusal>;

/**
 * Decides whether an opportunity may enter a stage, and what kind of step that is (SAL-2, SAL-3, SAL-11, Q19). It begins at
 * the first open stage, goes one stage forward at a time, is won from the last one and lost from any; it goes back, and is
 * opened again, only with a reason.
 */
export function decideStageChange(change: StageChange): Step {
  const step = decideStep(change);
  if (!step.accepted || !isGated(change, step.value)) return step;
  const fault = judgeGate(change.set, change.target, change.subject);
  return fault ? refuse(fault) : step;
}

function decideStep(change: StageChange): Step {
  const { set, from, target, reason, isReversal } = change;
  if (!from) return beginAt(set, target);
  if (isReversal) return accept('reversal');
  if (!stagesOf(set).some(({ id }) => id === target.id)) return refuse({ reason: 'not_in_use', stage: target });
  const isOpen = target.outcome === 'open';
  if (from.outcome !== 'open') {
    return isOpen ? openAgain(change, from) : refuse({ reason: 'closed' });
  }
  if (target.outcome === 'lost') return accept('closed');
  const next = nextOf(set, from);
  if (target.outcome === 'won') return next ? refuse({ reason: 'skipped', next }) : accept('closed');
  if (next?.id === target.id) return accept('forward');
  if (placeIn(set, target) > placeIn(set, from)) return refuse({ reason: 'skipped', next });
  return reason ? accept('back') : refuse({ reason: 'reason_required' });
}

/** What was lost on the way has not seen the stages beyond: it is opened again no later than where it was lost. */
function openAgain({ set, target, closedFrom, reason }: StageChange, from: Stage): Step {
  const reached = closedFrom ?? set.open[0] ?? target;
  if (from.outcome === 'lost' && placeIn(set, target) > placeIn(set, reached)) return refuse({ reason: 'skipped', next: reached });
  return reason ? accept('reopened') : refuse({ reason: 'reason_required' });
}

function beginAt(set: StageSet, target: Stage): Step {
  const [first] = set.open;
  if (!first) return refuse({ reason: 'no_first_stage' });
  return first.id === target.id ? accept('created') : refuse({ reason: 'not_first', first });
}

/**
 * The open stage after the one in which an opportunity stands; null where only its end comes. Out of a stage that is no
 * longer in use it is the one that took its place.
 */
export function nextOf(set: StageSet, from: Stage): Stage | null {
  const isOfSet = set.open.some(({ id }) => id === from.id);
  return set.open[placeIn(set, from) + (isOfSet ? 1 : 0)] ?? null;
}

/**
 * Whoever goes back lacks what is asked for on the way forward, and whoever takes a move back returns to where it stood:
 * neither is asked, unless the return leads forward again. Out of its end a deal always does: while it was lost nobody asked.
 */
function isGated({ set, from, target }: StageChange, kind: ChangeKind): boolean {
  if (kind !== 'reversal') return kind !== 'back';
  return target.outcome !== 'open' || from?.outcome !== 'open' || placeIn(set, target) > placeIn(set, from);
}
