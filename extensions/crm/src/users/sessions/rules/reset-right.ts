import { accept, refuse, type Decision } from '../../../kernel/decision.ts';
import { judgeRight, type Freezer, type Target } from '../../freeze/rules/freeze-decision.ts';

export type ResetReason = 'forbidden' | 'own_reset' | 'reset_reps_only' | 'admin_on_server' | 'not_active' | 'other_provider';

const NAMES = { forbidden: 'forbidden', own_freeze: 'own_reset', reps_only: 'reset_reps_only' } as const;

/** Whether a link would open anything: none is a way back in for somebody who is frozen, or whose password stands elsewhere. */
function judgeTarget({ status }: Target, provider: string): 'not_active' | 'other_provider' | null {
  if (status !== 'active') return 'not_active';
  return provider === 'default' ? null : 'other_provider';
}

/**
 * Who may give whom a one-time link (Q10): whoever may freeze them. For a system admin nobody: whoever held it would come in as the
 * second of the two who have to agree (Q5), so it is made by a command of the server.
 */
export function decideReset(by: Freezer, target: Target | null, provider: string): Decision<'link', ResetReason> {
  const fault = judgeRight(by, target);
  if (fault) return refuse(NAMES[fault]);
  if (target!.role === 'system_admin') return refuse('admin_on_server');
  const shut = judgeTarget(target!, provider);
  return shut ? refuse(shut) : accept('link');
}

/** An administrator, a form that was carried out (ACC-8), or a command of the server. */
export type LinkGiver = 'admin' | 'form' | 'command';

export interface GivenLink {
  givenBy: LinkGiver;
  /** Who made it, as they are now; null: nobody who may log in. */
  maker: Freezer | null;
  /** Whoever it is for, as they are now. */
  target: Target | null;
  provider: string;
}

/** Whether a link may still be given: a freeze or another post of either side ends it (ACC-9, Q10). What was decided by more than one is good for everybody. */
export function isStillGiven({ givenBy, maker, target, provider }: GivenLink): boolean {
  if (!target) return false;
  if (givenBy === 'command') return judgeTarget(target, provider) === null;
  if (!maker) return false;
  if (givenBy === 'admin') return decideReset(maker, target, provider).accepted;
  return judgeRight(maker, target) === null && judgeTarget(target, provider) === null;
}

export interface StoredLink {
  expiresAt: Date;
  usedAt: Date | null;
  /** Whoever made it may still make it, for whoever it is for as they are now. */
  isGiven: boolean;
}

/** Whether a link still opens; of one that does not nobody learns why (F12). */
export const isLinkGood = (link: StoredLink | null, now: Date): boolean =>
  link !== null && link.usedAt === null && link.isGiven && now < link.expiresAt;
