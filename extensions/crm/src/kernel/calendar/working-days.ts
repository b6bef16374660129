/** What the working calendar says of days that differ from Monday to Friday: days off, and weekends that are worked (调休, Q9). */
export type CalendarDays = ReadonlyMap<string, 'workday' | 'holiday'>;

const DAY_MS = 86_400_000;
const SUNDAY = 0;
const SATURDAY = 6;
const toMoment = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const nextDay = (day: string): string => new Date(toMoment(day) + DAY_MS).toISOString().slice(0, 10);

/** Whether people work on a day: as the calendar says, else from Monday to Friday. */
export function isWorkingDay(day: string, calendar: CalendarDays): boolean {
  const said = calendar.get(day);
  if (said) return said === 'workday';
  const weekday = new Date(toMoment(day)).getUTCDay();
  return weekday !== SUNDAY && weekday !== SATURDAY;
}

/**
 * The day on which a time limit ends (ACC-8, APR-1): `count` working days after `from`, which itself does not count. 0: that
 * day, or the next one on which people work.
 *
 * @param from `YYYY-MM-DD`.
 */
export function addWorkingDays(from: string, count: number, calendar: CalendarDays): string {
  let day = from;
  if (count <= 0) {
    while (!isWorkingDay(day, calendar)) day = nextDay(day);
    return day;
  }
  for (let left = count; left > 0;) {
    day = nextDay(day);
    if (isWorkingDay(day, calendar)) left -= 1;
  }
  return day;
}
