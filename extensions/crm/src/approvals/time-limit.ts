import { addWorkingDays, type CalendarDays } from '../kernel/calendar/working-days.ts';
import type { Clock } from '../platform/api/clock.ts';
import { dayIn } from '../platform/api/day-in.ts';
import type { Knex } from '../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../platform/api/stored-day.ts';

/** A limit beyond this many working days is none; whoever typed it meant something else. */
const LONGEST = 400;

/** The last day on which a request may be decided in time: so many working days from today, by the working calendar (Q9). */
export async function dueDay(database: Knex, clock: Clock, segment: string, limitDays: number): Promise<string> {
  const today = await dayIn(database, segment, clock.now());
  const rows = await database('crm_calendar_days').where('day', '>=', toStoredDay(database, today)).select('day', 'kind');
  const calendar: CalendarDays = new Map(rows.map(({ day, kind }) => [fromStoredDay(day)!, kind]));
  return addWorkingDays(today, Math.min(limitDays, LONGEST), calendar);
}
