import { toBusinessDate } from '../../../kernel/calendar/business-date.ts';

const DAY_MS = 86_400_000;
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/u;

/** Whether a text is a time of the day, such as `20:00`. */
export const isTimeOfDay = (text: string): boolean => TIME.test(text);

/** How far a zone's clock is ahead of UTC at a moment. */
function offsetOf(moment: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  }).formatToParts(moment);
  const part = (type: string) => Number(parts.find((one) => one.type === type)!.value);
  const shown = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return shown - Math.floor(moment.getTime() / 1000) * 1000;
}

/** A day and a time of the day in a zone, as a moment. */
function momentOf(day: string, time: string, timeZone: string): Date {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // The offset may differ between the guess and the moment itself, on the day on which the clocks change.
  const guess = new Date(wall - offsetOf(new Date(wall), timeZone));
  return new Date(wall - offsetOf(guess, timeZone));
}

/** The last moment at which a segment's working day ended (ACC-2): what was given out before is over. */
export function lastDayEnd(now: Date, dayEnd: string, timeZone: string): Date {
  const today = momentOf(toBusinessDate(now, timeZone), dayEnd, timeZone);
  return today <= now ? today : momentOf(toBusinessDate(new Date(today.getTime() - DAY_MS), timeZone), dayEnd, timeZone);
}
