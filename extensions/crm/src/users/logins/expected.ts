import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { CalendarDays } from '../../kernel/calendar/working-days.ts';
import { roleOf } from '../../kernel/roles.ts';
import { readJson } from '../../kernel/text/read-json.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import { mayReach } from '../../segments/index.ts';
import type { Span } from '../absences/rules/absence.ts';
import { MOST_DAYS, type ExpectedAnswer, type ExpectedQuery } from './contract.ts';
import { expectedLogins } from './rules/expected-logins.ts';
import { FOR_EVER, shutSpans, type LogInChange } from './rules/shut-spans.ts';
import { keptSince } from './rules/kept-days.ts';

const BEFORE_ALL = '0000-01-01';

interface Asked {
  user: string;
  timeZone: string | undefined;
  isActive: boolean;
}

/**
 * Of whom somebody may know it: of themselves, heads and admins of the people at home in their segments, group staff of everybody
 * (ORG-2); anybody else looks absent.
 */
async function personOf(database: Knex, actor: Actor, id: string): Promise<Asked> {
  const row = await database('directus_users as who')
    .leftJoin('crm_segments as home', 'home.id', 'who.crm_segment')
    .where('who.id', id)
    .first('who.id', 'who.role', 'who.status', 'who.crm_segment as segment', 'home.timezone');
  const isTheirs = row && roleOf(row.role) && mayReach(actor, { segment: row.segment ?? null, owner: row.id });
  if (!isTheirs && id !== actor.user) throw forbidden();
  return { user: id, timeZone: row?.timezone ?? undefined, isActive: row?.status === 'active' };
}

const DAY_MS = 86_400_000;

/** From a day to today, or as far as may be asked for; a day to come is asked for alone. */
function untilNow(from: string, today: string): string {
  const farthest = new Date(Date.parse(from) + (MOST_DAYS - 1) * DAY_MS).toISOString().slice(0, 10);
  if (from > today) return from;
  return farthest < today ? farthest : today;
}

const daysOf = (rows: readonly { from_on: unknown; to_on: unknown }[]): Span[] =>
  rows.map(({ from_on, to_on }) => ({ from_on: fromStoredDay(from_on)!, to_on: fromStoredDay(to_on)! }));

/** Days on which the person could not log in, or not all of it: until it was opened, while frozen or held back, once closed. */
async function shutOutOf(database: Knex, { user, timeZone, isActive }: Asked, today: string): Promise<Span[]> {
  const dayOf = (at: unknown) => toBusinessDate(new Date(at as string | number | Date), timeZone);
  const entries: { at: unknown; action: string; after: unknown }[] = await database('crm_audit')
    .where({ collection: 'directus_users', item: user })
    .orderBy(['nth', 'at'])
    .select('at', 'action', 'after');
  const opened = entries.find(({ action }) => action === 'create');
  const logged = shutSpans(entries.map(({ at, after }) => ({ day: dayOf(at), after: readJson(after) as LogInChange['after'] })));
  const freezes: { frozen_at: unknown; thawed_at: unknown }[] = await database('crm_freezes')
    .where({ user })
    .whereIn('state', ['frozen', 'thawed'])
    .select('frozen_at', 'thawed_at');
  return [
    ...(opened ? [{ from_on: BEFORE_ALL, to_on: dayOf(opened.at) }] : []),
    ...freezes.map(({ frozen_at, thawed_at }) => ({
      from_on: dayOf(frozen_at),
      to_on: thawed_at === null ? FOR_EVER : dayOf(thawed_at),
    })),
    ...logged,
    // Closed before anything was logged: from when on nobody knows, but nothing is expected any more.
    ...(isActive ? [] : [{ from_on: today, to_on: FOR_EVER }]),
  ];
}

interface Kept {
  clock: Clock;
  /** For how many days log-ins are kept. */
  keepDays: number;
}

/**
 * When somebody is expected to log in, and when they did, day by day: from the working calendar, approved leave and trips, and what
 * shut them out (USE-1, Q12, Q15). Days are those of the person's home segment.
 *
 * @throws FORBIDDEN for somebody whom the caller may not know.
 */
export async function expectedOf(database: Knex, { clock, keepDays }: Kept, actor: Actor, query: ExpectedQuery): Promise<ExpectedAnswer> {
  const person = await personOf(database, actor, query.user ?? actor.user);
  const today = toBusinessDate(clock.now(), person.timeZone);
  const from = query.from ?? `${today.slice(0, 7)}-01`;
  const to = query.to ?? untilNow(from, today);
  const [first, last] = [toStoredDay(database, from), toStoredDay(database, to)];
  const kinds = await database('crm_calendar_days').whereBetween('day', [first, last]).select('day', 'kind');
  const calendar: CalendarDays = new Map(kinds.map(({ day, kind }) => [fromStoredDay(day)!, kind]));
  const absences = (collection: 'crm_trips' | 'crm_leaves') =>
    database(collection)
      .where({ owner: person.user, state: 'approved' })
      .where('from_on', '<=', last)
      .where('to_on', '>=', first)
      .select('from_on', 'to_on');
  const [trips, leaves, shutOut] = [
    daysOf(await absences('crm_trips')),
    daysOf(await absences('crm_leaves')),
    await shutOutOf(database, person, today),
  ];
  const used: unknown[] = await database('crm_logins')
    .where({ user: person.user })
    .whereIn('kind', ['success', 'use'])
    .whereBetween('day', [first, last])
    .distinct()
    .pluck('day');
  const seen = { used: new Set(used.map((day) => fromStoredDay(day)!)), today };
  // Of the day in which the keeping ends not all is there.
  const notKept = [{ from_on: BEFORE_ALL, to_on: toBusinessDate(keptSince(clock.now(), keepDays), person.timeZone) }];
  return { user: person.user, from, to, ...expectedLogins({ calendar, leaves, trips, shutOut, notKept }, { from, to }, seen) };
}
