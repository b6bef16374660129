import { namesFor } from '../../approvals/index.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import { isGroupStaff } from '../../segments/index.ts';
import { FREEZES, momentOf, type FreezeRow } from '../freeze/freeze-row.ts';
import type { EarlyFreeze } from './contract.ts';
import { dueDays } from './due-days.ts';

/** Freezes that came before their form, which has not come yet (Q17). */
const withoutForm = (database: Knex): Knex.QueryBuilder =>
  database(FREEZES).where({ state: 'frozen', early: true }).whereNull('access_request');

/** Those whose form is overdue. */
export const lateFreezes = (database: Knex, today: string): Knex.QueryBuilder =>
  withoutForm(database).where('form_due_on', '<', toStoredDay(database, today));

/** The same of the caller's reach, as the row rules say (ORG-2). */
export const lateFreezesFor = (database: Knex, { admin, role, managedSegments }: Actor, today: string): Knex.QueryBuilder => {
  const rows = lateFreezes(database, today);
  return admin || isGroupStaff(role) ? rows : rows.whereIn('segment', [...managedSegments]);
};

const MOST = 100;

export async function viewsOfLate(database: Knex, actor: Actor, today: string): Promise<EarlyFreeze[]> {
  const rows: FreezeRow[] = await lateFreezesFor(database, actor, today).orderBy(['form_due_on', 'id']).limit(MOST);
  const named = await namesFor(
    database,
    actor,
    rows.flatMap(({ user, segment }) => [user, segment]),
  );
  return rows.map((row) => ({
    ...{ id: row.id, reason: row.reason, form_due_on: fromStoredDay(row.form_due_on)!, escalated: row.escalated_at !== null },
    person: { id: row.user, name: named.person(row.user) },
    segment: { id: row.segment, name: named.segment(row.segment) },
  }));
}

/** Gives the forms of early freezes the days that they have by the calendar as it now is (Q9, Q17). */
export async function dateFormsAnew(database: Knex): Promise<void> {
  const rows: FreezeRow[] = await withoutForm(database).whereNotNull('frozen_at');
  const zones: { id: string; timezone: string | null }[] = await database('crm_segments').select('id', 'timezone');
  const zoneOf = new Map(zones.map(({ id, timezone }) => [id, timezone ?? undefined]));
  const dayOf = (row: FreezeRow) => toBusinessDate(momentOf(row.frozen_at)!, zoneOf.get(row.segment));
  const due = await dueDays(database, [...new Set(rows.map(dayOf))]);
  const changed = rows.filter((row) => fromStoredDay(row.form_due_on) !== due.get(dayOf(row)));
  for (const [day, those] of Map.groupBy(changed, (row) => due.get(dayOf(row))!)) {
    const ids = those.map(({ id }) => id);
    await updateLogged(database, FREEZES, (open) => open.whereIn('id', ids).where({ state: 'frozen' }), {
      form_due_on: toStoredDay(database, day),
    });
  }
}
