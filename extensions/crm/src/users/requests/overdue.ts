import { randomUUID } from 'node:crypto';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../kernel/roles.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex } from '../../platform/api/host.ts';
import { INSTALL_STATE } from '../../platform/api/install-state.ts';
import { createLease } from '../../platform/api/lease.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import { activeSystemAdmins } from '../../segments/index.ts';
import { FREEZES, type FreezeRow } from '../freeze/freeze-row.ts';
import { adminsOf } from '../freeze/tell.ts';
import { isEntered } from './calendar-years.ts';
import { lateFreezes } from './early-freezes.ts';
import { OPEN_STATES, REQUESTS, type RequestRow } from './request-row.ts';
import { calendarWanted } from './rules/calendar-year.ts';
import { tell } from './tell.ts';

const LEASE = { key: 'access_requests.overdue', ms: 60_000 };

const late = (database: Knex, today: string): Knex.QueryBuilder =>
  database(REQUESTS)
    .whereIn('state', [...OPEN_STATES])
    .whereNull('escalated_at')
    .where('due_on', '<', toStoredDay(database, today));

const executives = (database: Knex): Promise<string[]> =>
  database('directus_users').where({ role: ROLE_IDS.group_executive, status: 'active' }).pluck('id');

/** Tells group marketing, the executives and whoever filed it, once for each form. */
async function escalateOne(database: Knex, clock: Clock, today: string, id: string): Promise<void> {
  const row: RequestRow | undefined = await late(database, today).where({ id }).forUpdate().first();
  if (!row) return;
  const now = clock.now();
  await updateLogged(database, REQUESTS, (rows) => rows.where({ id }), { escalated_at: now, date_updated: now });
  const people = [...(await activeSystemAdmins(database)), ...(await executives(database)), row.requested_by];
  await tell(database, people, 'overdue', { due: fromStoredDay(row.due_on) ?? '—' });
}

const formless = (database: Knex, today: string): Knex.QueryBuilder => lateFreezes(database, today).whereNull('escalated_at');

/** Tells them and the admins of the segment that the form of an early freeze did not come, once for each (Q17). */
async function escalateFreeze(database: Knex, clock: Clock, today: string, id: string): Promise<void> {
  const row: FreezeRow | undefined = await formless(database, today).where({ id }).forUpdate().first();
  if (!row) return;
  const now = clock.now();
  await updateLogged(database, FREEZES, (rows) => rows.where({ id }), { escalated_at: now, date_updated: now });
  const people = [...(await adminsOf(database, row.segment)), ...(await executives(database)), row.frozen_by];
  await tell(database, people, 'form_overdue', { due: fromStoredDay(row.form_due_on) ?? '—' });
}

type One = (database: Knex, clock: Clock, today: string, id: string) => Promise<void>;

/** One after the other, all that is due and not yet done, whatever was missed (design.md 7). */
async function escalateEach(database: Knex, clock: Clock, due: { rows: typeof late; day: string; one: One }): Promise<void> {
  const today = await dayIn(database, GROUP_SEGMENT_ID, clock.now());
  if (!(await due.rows(database, today).first('id'))) return;
  const lease = createLease(database, clock, LEASE);
  if (!(await lease.take())) return;
  try {
    const ids: string[] = await due.rows(database, today).orderBy([due.day, 'id']).pluck('id');
    for (const id of ids)
      await withOrigin({ kind: 'job' }, () => database.transaction((transaction) => due.one(transaction, clock, today, id)));
  } finally {
    await lease.release();
  }
}

/** Escalates what was not carried out in time (ACC-8). */
export const escalateOverdue = (database: Knex, clock: Clock): Promise<void> =>
  escalateEach(database, clock, { rows: late, day: 'due_on', one: escalateOne });

/** Escalates early freezes whose form never came (Q17). */
export const escalateMissingForms = (database: Knex, clock: Clock): Promise<void> =>
  escalateEach(database, clock, { rows: formless, day: 'form_due_on', one: escalateFreeze });

/**
 * Tells the system admins once a year, from 1 November on, that next year's calendar is missing (F38). Besides the doctor's
 * finding, which stays until it is there.
 */
export async function noticeMissingCalendar(database: Knex, clock: Clock): Promise<void> {
  const year = calendarWanted(toBusinessDate(clock.now()));
  const key = `calendar.notice.${year}`;
  if (year === null || (await database(INSTALL_STATE).where({ key }).first('key')) || (await isEntered(database, year))) return;
  await withOrigin({ kind: 'job' }, () =>
    database.transaction(async (transaction) => {
      const admins = await activeSystemAdmins(transaction);
      if (!admins.length) return;
      // Whoever comes second writes no row, and tells nobody.
      const id = randomUUID();
      await transaction(INSTALL_STATE).insert({ id, key, value: clock.now().toISOString(), hash: '' }).onConflict('key').ignore();
      if (await transaction(INSTALL_STATE).where({ id }).first('key')) await tell(transaction, admins, 'calendar', { year: String(year) });
    }),
  );
}
