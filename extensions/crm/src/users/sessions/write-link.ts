import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ChangeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { endLinksFor, LINKS } from './end-links.ts';
import type { LinkGiver } from './rules/reset-right.ts';

type Env = Readonly<Record<string, unknown>>;

const DEFAULT_MINUTES = 120;
const LONGEST_MINUTES = 7 * 24 * 60;

/** Of a link only this is kept. */
export const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** For how many minutes a link is good: a setting, two hours unless it says otherwise. */
export function linkMinutes(env: Env): number {
  const minutes = Number(env['CRM_RESET_LINK_MINUTES']);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : DEFAULT_MINUTES;
}

/** The page on which the bearer of a link chooses a password; the token stands behind the hash, so that no server logs it. */
export function linkAddress({ PUBLIC_URL: url }: Env, token: string): string {
  return `${(typeof url === 'string' ? url : '').replace(/\/+$/u, '')}/crm/reset-password#${token}`;
}

export interface MadeLink {
  /** Shown this once; of it only a hash is kept. */
  token: string;
  expiresAt: Date;
}

interface NewLink {
  user: string;
  /** Who made it; null: nobody of the CRM, but a command of the server. */
  by: string | null;
  givenBy: LinkGiver;
  /** Where its entries in the log stand: the person's home segment, or the group pool. */
  segment: string;
  minutes: number;
  now: Date;
}

/** Writes a link, in a transaction of its caller; one made before is good no longer (ACC-4, ACC-5). */
export async function writeLink(transaction: Knex, log: ChangeLog, link: NewLink): Promise<MadeLink> {
  const { user, by, givenBy, segment, minutes, now } = link;
  const token = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  await endLinksFor(transaction, user);
  await transaction(LINKS).insert({
    ...{ id: randomUUID(), hash: hashOf(token), user, made_by: by, given_by: givenBy },
    ...{ made_at: now, expires_at: expiresAt, used_at: null },
  });
  await log.event(transaction, {
    ...{ action: 'reset_link', collection: LINKS, item: user, segment },
    after: { expires_at: expiresAt.toISOString() },
  });
  return { token, expiresAt };
}
