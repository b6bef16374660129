const WRITTEN =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T ]*(\d{1,2})(?:[:：]|时|点)(\d{1,2})?分?(?:[:：]?(\d{1,2})(?:\.\d+)?秒?)?)?$/u;
const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/u;
const DAY = 86_400_000;

/**
 * Reads a moment as people write it in a table, in the zone of their work; a day alone is its beginning (IMP-4: true
 * times of what was noted by hand). Null where it is no moment, or one that a change of the clock leaves out.
 */
export function readLocalMoment(text: string, timeZone: string): string | null {
  const typed = text.trim();
  if (WITH_ZONE.test(typed)) {
    const moment = Date.parse(typed.replace(' ', 'T'));
    return Number.isNaN(moment) ? null : new Date(moment).toISOString();
  }
  const match = WRITTEN.exec(typed);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  if (new Date(wall).getUTCMonth() !== month - 1 || new Date(wall).getUTCDate() !== day) return null;
  // The offset a day before and after are the only ones that can hold here.
  const moments = [wall - DAY, wall + DAY]
    .map((near) => wall - offsetAt(near, timeZone))
    .filter((moment) => moment + offsetAt(moment, timeZone) === wall);
  return moments.length ? new Date(Math.min(...moments)).toISOString() : null;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the clocks of a zone are ahead of UTC at a moment, in milliseconds. */
function offsetAt(moment: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(parts['year']!, parts['month']! - 1, parts['day'], parts['hour'], parts['minute'], parts['second']);
  return wall - Math.floor(moment / 1000) * 1000;
}
