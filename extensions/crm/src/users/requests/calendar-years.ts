import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import type { RequestRow } from './request-row.ts';
import { yearsUntilDue } from './rules/calendar-year.ts';

/** Whether a year's official days were entered. */
export async function isEntered(database: Knex, year: number): Promise<boolean> {
  const days: string[] = await database('crm_calendar_days')
    .where('day', '>=', toStoredDay(database, `${year}-01-01`))
    .where('day', '<=', toStoredDay(database, `${year}-12-30`))
    .limit(1)
    .pluck('id');
  return days.length > 0;
}

/** The years that decide when a form is due and whose days were not entered: there it goes by Monday to Friday (F38). */
export async function missingYears(database: Knex, { effective_on: from, due_on: due }: RequestRow): Promise<number[]> {
  const missing: number[] = [];
  for (const year of yearsUntilDue(from, due)) if (!(await isEntered(database, year))) missing.push(year);
  return missing;
}
