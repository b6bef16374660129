import { accept, refuse, type Decision } from '../../kernel/decision.ts';

/** What is kept of the one-time link; the link itself is known only to who saw the console. */
export interface StoredLink {
  expires: string;
}

export interface FirstAdminAttempt {
  /** null: no link is waiting to be used. */
  link: StoredLink | null;
  /** The link that was sent is the one that was printed. */
  matches: boolean;
  /** Somebody is system admin already. */
  taken: boolean;
  now: Date;
}

export type FirstAdminRefusal = 'link_invalid' | 'taken';

/**
 * Decides whether a link may make its bearer the first system admin (issue 2 §1). A wrong, used and expired link are one
 * answer: nothing is to be learned by trying.
 */
export function decideFirstAdmin({ link, matches, taken, now }: FirstAdminAttempt): Decision<true, FirstAdminRefusal> {
  if (!link || !matches || !(now.getTime() < Date.parse(link.expires))) return refuse('link_invalid');
  return taken ? refuse('taken') : accept(true);
}
