import { createHash, randomUUID } from 'node:crypto';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { GROUP_SEGMENT_ID, roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { deviceOf, kindOf, strangersSince } from './rules/attempts.ts';

const LOG_INS = 'crm_logins';

interface LogInTry {
  /** The key of the row: what is tried again after a fault is kept once. */
  id?: string;
  outcome: 'success' | 'fail';
  /** null: an address that nobody has. */
  user: string | null;
  provider: string | null;
  address: string | null;
  userAgent: string | null;
}

interface Whose {
  user: string;
  status: string;
  isOurs: boolean;
  segment: string;
  timeZone: string | undefined;
}

/** Where the log-ins of somebody stand: in the home segment, of group staff and of nobody in the group pool. */
async function whoseLogIn(database: Knex, id: string | null): Promise<Whose | null> {
  if (!isUuid(id)) return null;
  const row = await database('directus_users as who')
    .leftJoin('crm_segments as home', 'home.id', 'who.crm_segment')
    .where('who.id', id)
    .first('who.status', 'who.role', 'home.id as segment', 'home.timezone');
  if (!row) return null;
  const { status, role, segment, timezone } = row;
  return { user: id, status, isOurs: roleOf(role) !== null, segment: segment ?? GROUP_SEGMENT_ID, timeZone: timezone ?? undefined };
}

/** How many attempts failed one after the other, this one included: one more than the attempt before, whose row has the count. */
async function attemptsInRow(database: Knex, now: Date, user: string | null, address: string | null): Promise<number> {
  const rows = database(LOG_INS).whereIn('kind', ['success', 'failure', 'refused']);
  const last = await (user ? rows.where({ user }) : rows.where({ user: null, address }).where('at', '>', strangersSince(now)))
    .orderBy([
      { column: 'at', order: 'desc' },
      { column: 'attempts', order: 'desc' },
    ])
    .first('attempts');
  return Number(last?.attempts ?? 0) + 1;
}

/**
 * Keeps a log-in or a failed one (ACC-4, USE-1). Of an address that nobody has only that there was one: people type their password
 * into the wrong field.
 *
 * @param others whether log-ins of people who are none of ours are kept: not in a Directus that has other data.
 * @returns how many failed in a row; 0 after a success and for whoever is not kept.
 */
export async function keepLogIn(database: Knex, clock: Clock, attempt: LogInTry, others: boolean): Promise<number> {
  const whose = await whoseLogIn(database, attempt.user);
  if (!whose?.isOurs && !others) return 0;
  const now = clock.now();
  const kind = kindOf(attempt.outcome, whose?.status ?? null);
  const user = whose?.user ?? null;
  const { address, provider } = attempt;
  const attempts = kind === 'success' ? 0 : await attemptsInRow(database, now, user, address);
  const row = {
    ...{ id: attempt.id ?? randomUUID(), at: now, user, kind, attempts, address, provider, device: deviceOf(attempt.userAgent) },
    day: toStoredDay(database, toBusinessDate(now, whose?.timeZone)),
    segment: whose?.segment ?? GROUP_SEGMENT_ID,
  };
  await database(LOG_INS).insert(row).onConflict('id').ignore();
  return attempts;
}

/** The key of somebody's use of a day: two nodes that see the first one at once write one row. */
function keyOfUse(user: string, day: string): string {
  const hex = createHash('sha256').update(`crm_logins/use/${user}/${day}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

interface Use {
  user: string;
  address: string | null;
  userAgent: string | null;
}

/**
 * Keeps that somebody was there on this day (Q15); once for each person and business day.
 *
 * @returns the day; null for people who are none of ours.
 */
export async function keepUse(database: Knex, clock: Clock, { user, address, userAgent }: Use): Promise<string | null> {
  const whose = await whoseLogIn(database, user);
  if (!whose?.isOurs) return null;
  const now = clock.now();
  const day = toBusinessDate(now, whose.timeZone);
  const row = { id: keyOfUse(user, day), at: now, user, kind: 'use', attempts: 0, address, device: deviceOf(userAgent) };
  await database(LOG_INS)
    .insert({ ...row, provider: null, day: toStoredDay(database, day), segment: whose.segment })
    .onConflict('id')
    .ignore();
  return day;
}
