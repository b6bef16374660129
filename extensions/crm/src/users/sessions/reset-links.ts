import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { GROUP_SEGMENT_ID, type RoleName } from '../../kernel/roles.ts';
import { loadActor, toLanguage, type Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { holdPerson, isAccused } from '../freeze/person.ts';
import { freezeRefusal } from '../freeze/refuse.ts';
import type { Target } from '../freeze/rules/freeze-decision.ts';
import { endLinksFor, LINKS } from './end-links.ts';
import { isAboutPassword, setPassword } from './check-password.ts';
import { tellOfLink } from './tell-of-link.ts';
import type { SessionPorts } from './ports.ts';
import { sessionRefusal } from './refuse.ts';
import { decideReset, isLinkGood } from './rules/reset-right.ts';

const USERS = 'directus_users';
const JUDGES: ReadonlySet<RoleName | null> = new Set<RoleName | null>(['group_executive', 'system_admin']);
const DEFAULT_MINUTES = 120;
const LONGEST_MINUTES = 7 * 24 * 60;

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const momentOf = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date);

/** For how many minutes a link is good: a setting, two hours unless it says otherwise. */
function linkMinutes(env: Readonly<Record<string, unknown>>): number {
  const minutes = Number(env['CRM_RESET_LINK_MINUTES']);
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= LONGEST_MINUTES ? minutes : DEFAULT_MINUTES;
}

interface MadeLink {
  /** Shown this once; of it only a hash is kept. */
  token: string;
  expiresAt: Date;
}

interface NewLink {
  user: string;
  /** Who made it. */
  by: string;
  /** Where its entries in the log stand: the person's home segment, or the group pool. */
  segment: string;
  minutes: number;
}

/** Writes a link, in a transaction of its caller; one made before is good no longer. */
async function writeLink(transaction: Knex, clock: Clock, { user, by, segment, minutes }: NewLink): Promise<MadeLink> {
  const token = randomBytes(32).toString('base64url');
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + minutes * 60_000);
  await endLinksFor(transaction, user);
  await transaction(LINKS).insert({
    ...{ id: randomUUID(), hash: hashOf(token), user, made_by: by },
    ...{ made_at: now, expires_at: expiresAt, used_at: null },
  });
  await changeLog().event(transaction, {
    ...{ action: 'reset_link', collection: LINKS, item: user, segment },
    after: { expires_at: expiresAt.toISOString() },
  });
  return { token, expiresAt };
}

/** The page on which the bearer of a link chooses a password; the token stands behind the hash, so that no server logs it. */
export function linkAddress({ PUBLIC_URL: url }: Readonly<Record<string, unknown>>, token: string): string {
  return `${(typeof url === 'string' ? url : '').replace(/\/+$/u, '')}/crm/reset-password#${token}`;
}

/** An administrator's one-time link for somebody who forgot the password (ACC-4, ACC-5, Q10). */
export const makeResetLink = ({ context, clock }: SessionPorts, actor: Actor, id: string): Promise<MadeLink> =>
  context.database.transaction(async (transaction) => {
    const target = await holdPerson(transaction, id);
    const row = target ? await transaction(USERS).where({ id }).first('provider') : null;
    const decision = decideReset(actor, target, row?.provider ?? 'default');
    if (!decision.accepted) throw sessionRefusal(decision.reason, actor.language);
    // Whoever waits for a decision about themselves neither binds who decides nor becomes them (Q5).
    if (JUDGES.has(target!.role) && (await isAccused(transaction, actor.user))) throw freezeRefusal('judges_removed', actor.language);
    const segment = target!.homeSegment ?? GROUP_SEGMENT_ID;
    const made = await writeLink(transaction, clock, { user: id, by: actor.user, segment, minutes: linkMinutes(context.env) });
    await tellOfLink(transaction, { user: id, by: actor.user, isSystemAdmin: target!.role === 'system_admin' });
    return made;
  });

const FIRST_LINK_MINUTES = 72 * 60;

/**
 * The way in for somebody whose log-in was just opened, in the transaction that opens it (ACC-8). No invitation of the host: that
 * would make somebody active later, without another look at the headcount (ORG-7).
 */
export async function makeFirstLink(
  transaction: Knex,
  { context, clock }: Pick<SessionPorts, 'context' | 'clock'>,
  { user, by }: { user: string; by: string },
): Promise<{ link: string; expires_at: string }> {
  const { crm_segment: home } = await transaction(USERS).where({ id: user }).first('crm_segment');
  const segment = home ?? GROUP_SEGMENT_ID;
  const { token, expiresAt } = await writeLink(transaction, clock, { user, by, segment, minutes: FIRST_LINK_MINUTES });
  return { link: linkAddress(context.env, token), expires_at: expiresAt.toISOString() };
}

/** Whether whoever made a link may still make it, for the person as they are now: a freeze or another post ends it (ACC-9, Q10). */
async function isStillGiven(transaction: Knex, made_by: string | null, target: Target | null): Promise<boolean> {
  if (!made_by || !target) return false;
  const maker = await loadActor(transaction, { user: made_by } as Accountability);
  const { provider } = await transaction(USERS).where({ id: target.user }).first('provider');
  return maker !== null && maker.active && decideReset(maker, target, provider ?? 'default').accepted;
}

async function redeem(transaction: Knex, ports: SessionPorts, token: string, password: string): Promise<void> {
  const { context, clock } = ports;
  const now = clock.now();
  const link = await transaction(LINKS)
    .where({ hash: hashOf(token) })
    .forUpdate()
    .first();
  const person = link ? await holdPerson(transaction, link.user) : null;
  const stored = link && {
    expiresAt: momentOf(link.expires_at)!,
    usedAt: momentOf(link.used_at),
    isGiven: await isStillGiven(transaction, link.made_by, person),
  };
  if (!isLinkGood(stored ?? null, now)) throw sessionRefusal('link_invalid', null);
  if ((await transaction(LINKS).where({ id: link.id, used_at: null }).update({ used_at: now })) !== 1)
    throw sessionRefusal('link_invalid', null);
  const { user } = link;
  await changeLog().around(transaction, USERS, [user], async () => {
    await setPassword(context, transaction, { user, password, accountability: null });
    await transaction(USERS).where({ id: user }).update({ crm_must_change_password: false, crm_password_changed_at: now, token: null });
  });
  await changeLog().event(transaction, {
    ...{ action: 'reset_link_used', collection: LINKS, item: user, segment: person!.homeSegment ?? GROUP_SEGMENT_ID },
  });
}

/** The bearer of a link sets a new password: once, in time, and only for somebody who may log in now. */
export async function useResetLink(ports: SessionPorts, token: string, password: string, language: unknown): Promise<void> {
  const tongue = toLanguage(language);
  const work = () => ports.context.database.transaction((transaction) => redeem(transaction, ports, token, password));
  await withOrigin({ reason: 'one-time link' }, work).catch((error: unknown) => {
    if (isAboutPassword(error)) throw sessionRefusal('weak_password', tongue);
    if ((error as { code?: unknown }).code === 'LINK_INVALID') throw sessionRefusal('link_invalid', tongue);
    throw error;
  });
}
