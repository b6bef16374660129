import { randomUUID } from 'node:crypto';
import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { REVEALS } from './closed-step.ts';
import { FOLLOW_UP, MY_DAY, REVEAL_REASONS } from './contract.ts';
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

/**
 * How many records the person has looked at today (Q11), and whether this one is among them: three fields of a record are one.
 * What my-day showed is no look: only records that were opened count.
 */
export async function recordsOf(transaction: Knex, { actor, collection, item, at }: Look): Promise<{ today: number; isKnown: boolean }> {
  const looks = transaction(REVEALS)
    .where({ user: actor.user, day: toStoredDay(transaction, toBusinessDate(at)) })
    .whereNot({ purpose: MY_DAY });
  const [counted] = await transaction.from(looks.clone().distinct('collection', 'item').as('records')).count({ records: '*' });
  const known = await looks.where({ collection, item }).first('id');
  return { today: Number(counted?.['records'] ?? 0), isKnown: Boolean(known) };
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

/** How many records the person looked at on each of the last days before today. */
export async function habitOf(transaction: Knex, { actor, at }: Look): Promise<number[]> {
  const days = transaction(REVEALS)
    .where({ user: actor.user })
    .whereNot({ purpose: MY_DAY })
    .where('day', '<', toStoredDay(transaction, toBusinessDate(at)))
    .distinct('day')
    .orderBy('day', 'desc')
    .limit(DAYS_OF_HABIT);
  const records = transaction(REVEALS)
    .where({ user: actor.user })
    .whereNot({ purpose: MY_DAY })
    .whereIn('day', days)
    .distinct('day', 'collection', 'item');
  const rows = await transaction.from(records.as('records')).groupBy('day').select('day').count({ records: '*' });
  return (rows as { records: string | number }[]).map((row) => Number(row.records));
}

/** The limits of the person's own segment. */
export async function limitsOf(transaction: Knex, { homeSegment }: Actor): Promise<RevealLimits> {
  if (!homeSegment) return DEFAULT_LIMITS;
  const row = await transaction('crm_segments').where({ id: homeSegment }).first('reveal_notice_at', 'reveal_stop_at');
  return {
    noticeAt: Number(row?.reveal_notice_at) || DEFAULT_LIMITS.noticeAt,
    stopAt: Number(row?.reveal_stop_at) || DEFAULT_LIMITS.stopAt,
  };
}
