import { accept, refuse, type Decision } from '../../../kernel/decision.ts';
import { judgeRight, type Freezer, type Target } from '../../freeze/rules/freeze-decision.ts';

export type ResetReason = 'forbidden' | 'own_reset' | 'reset_reps_only' | 'not_active' | 'other_provider';

const NAMES = { forbidden: 'forbidden', own_freeze: 'own_reset', reps_only: 'reset_reps_only' } as const;

/** Who may give whom a one-time link (Q10): whoever may freeze them. A link is no way back in for somebody who is frozen. */
export function decideReset(by: Freezer, target: Target | null, provider: string): Decision<'link', ResetReason> {
  const fault = judgeRight(by, target);
  if (fault) return refuse(NAMES[fault]);
  if (target!.status !== 'active') return refuse('not_active');
  return provider === 'default' ? accept('link') : refuse('other_provider');
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
