import { randomUUID } from 'node:crypto';
import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { REVEALS } from './closed-step.ts';
import { FOLLOW_UP, REVEAL_REASONS } from './contract.ts';
import { DAYS_OF_HABIT, DEFAULT_LIMITS, type RevealLimits } from './rules/reveal-limits.ts';
import { derivedId } from './subject-key.ts';

/** One look at one value. */
export interface Look {
  actor: Actor;
  collection: string;
  item: string;
  field: string;
  reason: string;
  segment: string;
  owner: string | null;
  at: Date;
}

/** One person's looks of a day are counted one after the other; rows that point at the person are not held up. */
export async function holdPerson(transaction: Knex, { user }: Actor): Promise<void> {
  await transaction('directus_users').where({ id: user }).select('id').forNoKeyUpdate();
}

/** Following up is one row a person, record, field and day, so its id follows from these; any other look has its own. */
const idOf = ({ actor, collection, item, field, reason, at }: Look): string =>
  reason === FOLLOW_UP ? derivedId('reveal', actor.user, collection, item, field, toBusinessDate(at)) : randomUUID();

/** How often the person has looked today, and whether this very look is one of these already. */
export async function looksOf(transaction: Knex, look: Look): Promise<{ today: number; isKnown: boolean }> {
  const today = toStoredDay(transaction, toBusinessDate(look.at));
  const [counted] = await transaction(REVEALS).where({ user: look.actor.user, day: today }).count({ looks: '*' });
  const known =
    look.reason === FOLLOW_UP &&
    (await transaction(REVEALS)
      .where({ id: idOf(look) })
      .first('id'));
  return { today: Number(counted?.['looks'] ?? 0), isKnown: Boolean(known) };
}

/** Writes the look down; a second one for following up on the same day is counted in the first. */
export async function writeLook(transaction: Knex, look: Look): Promise<void> {
  const { actor, collection, item, field, reason, segment, owner, at } = look;
  const isListed = (REVEAL_REASONS as readonly string[]).includes(reason);
  const row: Row = {
    id: idOf(look),
    at,
    user: actor.user,
    collection,
    item,
    field,
    purpose: isListed ? reason : 'other',
    reason: isListed ? null : reason,
    day: toStoredDay(transaction, toBusinessDate(at)),
    count: 1,
    segment,
    owner,
  };
  await transaction(REVEALS)
    .insert(row)
    .onConflict('id')
    .merge({ at, count: transaction.raw('?? + 1', [`${REVEALS}.count`]) });
}

/** The looks on each of the person's last days before today. */
export async function habitOf(transaction: Knex, { actor, at }: Look): Promise<number[]> {
  const rows = await transaction(REVEALS)
    .where({ user: actor.user })
    .where('day', '<', toStoredDay(transaction, toBusinessDate(at)))
    .groupBy('day')
    .orderBy('day', 'desc')
    .limit(DAYS_OF_HABIT)
    .select('day')
    .count({ looks: '*' });
  return rows.map(({ looks }) => Number(looks));
}

/** The limits of the person's own segment. */
export async function limitsOf(transaction: Knex, { homeSegment }: Actor): Promise<RevealLimits> {
  if (!homeSegment) return DEFAULT_LIMITS;
  const row = await transaction('crm_segments').where({ id: homeSegment }).first('reveal_notice_at', 'reveal_stop_at');
  return {
    noticeAt: Number(row?.reveal_notice_at ?? DEFAULT_LIMITS.noticeAt),
    stopAt: Number(row?.reveal_stop_at ?? DEFAULT_LIMITS.stopAt),
  };
}
