import type { RoleName } from '../../../kernel/roles.ts';

/** A person as far as freezing goes, before or after a plain change in the Studio. */
export interface Standing {
  status: string;
  role: RoleName | null;
  email: string | null;
  /** Held back until the exam is passed: without any right (ACC-11). */
  isHeld: boolean;
  /** Everything by which they prove who they are, as one value to compare. */
  credentials: string;
}

export interface Change {
  before: Standing;
  after: Standing;
  /** Whether a freeze of this person stands, as a row. */
  isFrozen: boolean;
  /** The person changes themselves. */
  isOwn: boolean;
  /** By somebody whose own freeze waits for an executive. */
  isByAccused: boolean;
}

/** What a plain change of a person comes to: nothing, a freeze or a thaw to be written down, or a way around dual control. */
export type Course = 'nothing' | 'froze' | 'thawed' | 'dual_control' | 'judges_removed';

/**
 * The law of freezing for changes that do not come through it (ACC-9, N4): suspending is a freeze and activating again a thaw;
 * an active system admin is not suspended, demoted, held back, or given another address or password by one person alone
 * (Q5); an executive not by somebody whose freeze they are to decide.
 */
export function courseOf({ before, after, isFrozen, isOwn, isByAccused }: Change): Course {
  const wasActive = before.status === 'active';
  const isActive = after.status === 'active';
  if (wasActive && !isFrozen && (before.role === 'system_admin' || (before.role === 'group_executive' && isByAccused))) {
    const isHeldNow = after.isHeld && !before.isHeld;
    const isTakenOver = !isOwn && (after.email !== before.email || after.credentials !== before.credentials);
    const isShutOut = !isActive || after.role !== before.role || isHeldNow || isTakenOver;
    if (isShutOut) return before.role === 'system_admin' ? 'dual_control' : 'judges_removed';
  }
  if (!after.role) return 'nothing';
  if (wasActive && after.status === 'suspended' && !isFrozen) return 'froze';
  return isActive && isFrozen ? 'thawed' : 'nothing';
}
