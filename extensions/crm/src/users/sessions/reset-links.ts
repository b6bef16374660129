import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import { loadActor, toLanguage, type Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { holdPerson, isAccused } from '../freeze/person.ts';
import { freezeRefusal } from '../freeze/refuse.ts';
import type { Target } from '../freeze/rules/freeze-decision.ts';
import { isAboutPassword, setPassword } from './check-password.ts';
import { LINKS } from './end-links.ts';
import type { SessionPorts } from './ports.ts';
import { sessionRefusal } from './refuse.ts';
import { decideReset, isLinkGood, isStillGiven, type LinkGiver } from './rules/reset-right.ts';
import { tellOfLink, tellOfUse } from './tell-of-link.ts';
import { hashOf, linkAddress, linkMinutes, writeLink, type MadeLink } from './write-link.ts';

const USERS = 'directus_users';

const momentOf = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date);

const providerOf = async (database: Knex, id: string): Promise<string> =>
  (await database(USERS).where({ id }).first('provider'))?.provider ?? 'default';

/** An administrator's one-time link for somebody who forgot the password (ACC-4, ACC-5, Q10). */
export const makeResetLink = ({ context, clock }: SessionPorts, actor: Actor, id: string): Promise<MadeLink> =>
  context.database.transaction(async (transaction) => {
    const target = await holdPerson(transaction, id);
    const decision = decideReset(actor, target, target ? await providerOf(transaction, id) : 'default');
    if (!decision.accepted) throw sessionRefusal(decision.reason, actor.language);
    const { homeSegment, role } = target!;
    // Whoever waits for a decision about themselves neither binds who decides nor becomes them (Q5).
    if (role === 'group_executive' && (await isAccused(transaction, actor.user))) throw freezeRefusal('judges_removed', actor.language);
    const made = await writeLink(transaction, changeLog(), {
      ...{ user: id, by: actor.user, segment: homeSegment ?? GROUP_SEGMENT_ID },
      givenBy: 'admin',
      ...{ minutes: linkMinutes(context.env), now: clock.now() },
    });
    await tellOfLink(transaction, { user: id, role, by: actor.user });
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
  const { token, expiresAt } = await writeLink(transaction, changeLog(), {
    ...{ user, by, segment: home ?? GROUP_SEGMENT_ID },
    givenBy: 'form',
    ...{ minutes: FIRST_LINK_MINUTES, now: clock.now() },
  });
  return { link: linkAddress(context.env, token), expires_at: expiresAt.toISOString() };
}

interface LinkRow {
  made_by: string | null;
  /** null: made before it was kept, by an administrator. */
  given_by: LinkGiver | null;
}

async function mayStillBeGiven(transaction: Knex, { made_by, given_by }: LinkRow, target: Target | null): Promise<boolean> {
  if (!target) return false;
  const maker = made_by ? await loadActor(transaction, { user: made_by } as Accountability) : null;
  return isStillGiven({
    givenBy: given_by ?? 'admin',
    maker: maker?.active ? maker : null,
    target,
    provider: await providerOf(transaction, target.user),
  });
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
    isGiven: await mayStillBeGiven(transaction, link, person),
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
  await tellOfUse(transaction, person!);
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
