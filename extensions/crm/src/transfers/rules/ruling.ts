import { accept, refuse, type Decision } from '../../kernel/decision.ts';
import { mayReach, type Person, type Place } from '../../segments/rules/reach.ts';

export interface Ruling {
  judge: Person;
  /** Who claims, and who wrote the claim down: it may have been for a colleague. */
  dispute: { state: string; segment: string; claimant: string; filedBy: string | null };
  /** Where the record stands; null where none was named. */
  record: Place | null;
  uphold: boolean;
  reasonSays: boolean;
  /** The segment in which the claimant is to own the record; null where the claimant works no more. */
  claimantSegment: string | null;
}

export type RulingReason =
  | 'claim_needed'
  | 'ruling_reason_needed'
  | 'dispute_closed'
  | 'own_dispute'
  | 'record_needed'
  | 'across_segments'
  | 'claimant_gone'
  | 'claimant_owns';

/** What a ruling does to the record: nothing, another owner in its segment, or a way across segments. */
export type Effect = 'none' | 'owner' | 'transfer';

const isMarketing = (judge: Person) => judge.role === 'system_admin';

/** Who rules here at all: the segment's admins for what is not referred, group marketing for everything (CUS-13). */
export function mayJudge(judge: Person, { segment, state }: Pick<Ruling['dispute'], 'segment' | 'state'>): boolean {
  if (isMarketing(judge)) return true;
  return judge.role === 'segment_admin' && judge.managedSegments.includes(segment) && state !== 'referred';
}

/** Decides a dispute (CUS-13): with reasons, by somebody who is neither side nor wrote the claim, across segments by group marketing alone. */
export function decideRuling(ruling: Ruling): Decision<Effect, RulingReason> {
  const { judge, dispute, record, uphold, claimantSegment } = ruling;
  if (!['open', 'referred'].includes(dispute.state)) return refuse('dispute_closed');
  if (!ruling.reasonSays) return refuse('ruling_reason_needed');
  if ([dispute.claimant, dispute.filedBy, record?.owner].includes(judge.user)) return refuse('own_dispute');
  if (!uphold) return accept('none');
  if (!record) return refuse('record_needed');
  if (!claimantSegment) return refuse('claimant_gone');
  if (record.owner === dispute.claimant) return refuse('claimant_owns');
  if (record.segment === claimantSegment) return accept('owner');
  return isMarketing(judge) && mayReach(judge, record) ? accept('transfer') : refuse('across_segments');
}
