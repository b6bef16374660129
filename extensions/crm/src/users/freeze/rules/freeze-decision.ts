import { accept, refuse, type Decision } from '../../../kernel/decision.ts';
import type { RoleName } from '../../../kernel/roles.ts';

/** Whoever freezes or thaws. */
export interface Freezer {
  user: string;
  role: RoleName | null;
  managedSegments: readonly string[];
}

/** The person it is about; null: there is none, or none of the CRM. */
export interface Target {
  user: string;
  role: RoleName;
  homeSegment: string | null;
  status: string;
}

export type RightReason = 'forbidden' | 'own_freeze' | 'reps_only';

/**
 * Who freezes and thaws whom (Q5, Q17): a segment admin the reps of the own segments, a system admin everybody, nobody
 * oneself. Somebody of another segment answers as if there were nobody (ORG-2).
 */
export function judgeRight(freezer: Freezer, target: Target | null): RightReason | null {
  const { role, managedSegments, user } = freezer;
  if (!target || (role !== 'system_admin' && role !== 'segment_admin')) return 'forbidden';
  if (role === 'segment_admin' && !(target.homeSegment !== null && managedSegments.includes(target.homeSegment))) return 'forbidden';
  if (target.user === user) return 'own_freeze';
  return role === 'segment_admin' && target.role !== 'sales_rep' ? 'reps_only' : null;
}

/** A freeze that stands until somebody thaws, or one that ends by itself: a lock-out of the host, or a freeze with an end. */
export type Standing = 'lasting' | 'ending' | null;

export interface Freezing {
  freezer: Freezer;
  target: Target | null;
  standing: Standing;
  /** When what stands ends by itself. */
  endsAt: Date | null;
  /** A freeze of the person waits for its approval. */
  isAsked: boolean;
  /** Whoever freezes waits for the decision about a freeze of their own. */
  isAccused: boolean;
  /** The system admins who can act now. */
  systemAdmins: readonly string[];
  until: Date | null;
  now: Date;
}

export type FreezeReason =
  RightReason | 'already_frozen' | 'already_asked' | 'not_active' | 'last_system_admin' | 'until_past' | 'judges_removed';

/** What a freeze that stands is. Of the host's lock-out nobody is the author, and it is never for good. */
export function standingOf(row: { frozen_by: string | null; until: unknown } | null | undefined): Standing {
  if (!row) return null;
  return row.frozen_by === null || row.until !== null ? 'ending' : 'lasting';
}

/** Whether a freeze can take effect on somebody as they stand: whoever is shut out for a time is frozen, too (ACC-9). */
export const canBeFrozen = (status: string, standing: Standing): boolean =>
  standing === null ? status === 'active' : standing === 'ending' && status === 'suspended';

/**
 * Whether somebody may be frozen now, and how (ACC-9): at once, or, for a system admin, when an executive agrees. What ends by
 * itself gives way to a freeze of somebody's: whoever leaves is not let in again half an hour after they locked themselves out.
 * The last active system admin is never frozen (N4): the group would have nobody to thaw anybody.
 */
export function decideFreeze({
  freezer,
  target,
  standing,
  endsAt,
  isAsked,
  isAccused,
  systemAdmins,
  until,
  now,
}: Freezing): Decision<'freeze' | 'ask', FreezeReason> {
  const fault = judgeRight(freezer, target);
  if (fault || !target) return refuse(fault ?? 'forbidden');
  const isSame = endsAt !== null && until?.getTime() === endsAt.getTime();
  if (standing === 'lasting' || (standing === 'ending' && isSame)) return refuse('already_frozen');
  if (!canBeFrozen(target.status, standing)) return refuse('not_active');
  if (isLastSystemAdmin(target, systemAdmins)) return refuse('last_system_admin');
  if (isAccused && target.role === 'group_executive') return refuse('judges_removed');
  if (isAsked) return refuse('already_asked');
  if (until && until <= now) return refuse('until_past');
  return accept(target.role === 'system_admin' ? 'ask' : 'freeze');
}

/** Whether the group would be left without an active system admin (N4); one who is locked out for a time is none meanwhile. */
export const isLastSystemAdmin = ({ user, role }: Pick<Target, 'user' | 'role'>, systemAdmins: readonly string[]): boolean =>
  role === 'system_admin' && systemAdmins.every((one) => one === user);

export type ThawReason = RightReason | 'not_frozen';

export interface Thawing extends Pick<Freezing, 'freezer' | 'target'> {
  /** The freeze that stands, or waits for its approval. */
  open: 'frozen' | 'pending' | null;
}

/** Whether somebody may be thawed now (ACC-9): by whoever may freeze them. */
export function decideThaw({ freezer, target, open }: Thawing): Decision<null, ThawReason> {
  const fault = judgeRight(freezer, target);
  if (fault) return refuse(fault);
  return open === 'frozen' ? accept(null) : refuse('not_frozen');
}
