const NOVEMBER = 11;

/** The year whose official days have to be entered by now: from 1 November on the next one; null before that (F38). */
export function calendarWanted(today: string): number | null {
  const [year, month] = today.split('-').map(Number);
  return month! >= NOVEMBER ? year! + 1 : null;
}

const DAY_MS = 86_400_000;

/** The years of the days that are counted until a form is due; the day of the change itself does not count. */
export function yearsUntilDue(effectiveOn: string, dueOn: string | null): number[] {
  const first = new Date(Date.parse(effectiveOn) + DAY_MS).toISOString();
  return [...new Set([first, dueOn ?? first].map((day) => Number(day.slice(0, 4))))];
}
