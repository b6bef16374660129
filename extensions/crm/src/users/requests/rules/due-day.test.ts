import chineseDays from 'chinese-days';
import { expect, it } from 'vitest';
import type { CalendarDays } from '../../../kernel/calendar/working-days.ts';
import { dueAfter } from './due-day.ts';

/** The official days of two years as the installation brings them (seed/base/calendar.ts). */
function official(): CalendarDays {
  const days = new Map<string, 'workday' | 'holiday'>();
  for (let at = Date.UTC(2025, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    const { work } = chineseDays.getDayDetail(day);
    if (work === isWeekend) days.set(day, work ? 'workday' : 'holiday');
  }
  return days;
}
const CALENDAR = official();

it.each([
  ['2025-01-24', '2025-01-26', '2025: a Friday before the Sunday that is worked for 春节'],
  ['2025-01-26', '2025-01-27', '2025: the made-up Sunday itself'],
  ['2025-01-27', '2025-02-05', '2025: the last day before 春节, with the eve a holiday'],
  ['2025-02-07', '2025-02-08', '2025: a Friday before the Saturday that is worked after 春节'],
  ['2025-02-08', '2025-02-10', '2025: the made-up Saturday itself'],
  ['2025-04-25', '2025-04-27', '2025: a Friday before the Sunday that is worked for 劳动节'],
  ['2025-09-26', '2025-09-28', '2025: a Friday before the Sunday that is worked for 国庆'],
  ['2025-09-30', '2025-10-09', '2025: 国庆 and 中秋 together'],
  ['2025-10-10', '2025-10-11', '2025: a Friday before a working Saturday is due that Saturday'],
  ['2026-01-02', '2026-01-04', '2026: a holiday Friday, the Sunday is worked'],
  ['2026-02-13', '2026-02-14', '2026: a Friday before the Saturday that is worked for 春节'],
  ['2026-02-14', '2026-02-24', '2026: the made-up Saturday, over nine days of 春节'],
  ['2026-02-27', '2026-02-28', '2026: a Friday before the Saturday that is worked after 春节'],
  ['2026-05-08', '2026-05-09', '2026: a Friday before the Saturday that is worked for 劳动节'],
  ['2026-09-18', '2026-09-20', '2026: a Friday before the Sunday that is worked for 国庆'],
  ['2026-09-30', '2026-10-08', '2026: over 国庆'],
  ['2026-10-09', '2026-10-10', '2026: a Friday before a working Saturday is due that Saturday'],
  ['2026-11-20', '2026-11-23', 'a plain Friday is due on Monday'],
  ['2026-11-21', '2026-11-23', 'a plain Saturday is due on Monday'],
  ['2026-11-23', '2026-11-24', 'a plain Monday is due on Tuesday'],
  ['2024-02-29', '2024-03-01', 'a leap day of a year that the calendar does not know goes by Monday to Friday'],
])('ACC-8, Q9: a change on %s is due on %s (%s)', (day, due) => {
  expect(dueAfter(day, CALENDAR)).toBe(due);
});

it('Q9: the calendar is editable: a day off of the company counts', () => {
  expect(dueAfter('2026-11-20', new Map([...CALENDAR, ['2026-11-23', 'holiday']]))).toBe('2026-11-24');
});
