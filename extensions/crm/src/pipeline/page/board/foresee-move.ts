import { decideStageChange, type StageRefusal } from '../../rules/stage-change.ts';
import type { Stage, StageSet } from '../../rules/stage-set.ts';
import type { Card } from './board-rows.ts';

/** Why a card cannot be dropped on a stage, or null: a hint before the drop, the server is the authority. */
export type Foreseen = Exclude<StageRefusal['reason'], 'fields_missing' | 'reason_required' | 'approval_required' | 'condition_not_met'>;

/**
 * Judges a move by the rule of the server, as far as a card knows: what a person can still give (fields, a reason, an
 * approval) refuses nothing here, it is asked for after the drop (SAL-2).
 */
export function foreseeMove(set: StageSet, from: Stage, target: Stage, card: Pick<Card, 'customer'>): Foreseen | null {
  const decision = decideStageChange({
    set,
    from,
    // A card does not know from where it was lost.
    closedFrom: target,
    target: { ...target, required_fields: [], conditions: null },
    subject: {
      values: {},
      signed: undefined,
      customer: { status: card.customer?.status ?? 'active', missing: [] },
      discount: { percent: null, limit: null, approved: null },
    },
    reason: 'asked for after the drop',
    isReversal: false,
  });
  return decision.accepted ? null : (decision.reason.reason as Foreseen);
}
