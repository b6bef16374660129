import type { CalendarDays } from '../../kernel/calendar/working-days.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import { dueAfter } from './rules/due-day.ts';

export const CALENDAR = 'crm_calendar_days';

/** The days by which changes of these days have to be carried out, on the editable calendar with its make-up days (ACC-8, Q9). */
export async function dueDays(database: Knex, effectiveOn: readonly string[]): Promise<Map<string, string>> {
  const [first] = [...effectiveOn].sort();
  if (!first) return new Map();
  const rows = await database(CALENDAR).where('day', '>=', toStoredDay(database, first)).select('day', 'kind');
  const calendar: CalendarDays = new Map(rows.map(({ day, kind }) => [fromStoredDay(day)!, kind]));
  return new Map(effectiveOn.map((day) => [day, dueAfter(day, calendar)]));
}
