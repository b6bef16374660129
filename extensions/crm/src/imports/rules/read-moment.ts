const WRITTEN =
  /^(\d{4})(?:[-/.]|年)(\d{1,2})(?:[-/.]|月)(\d{1,2})日?(?:[T ]*(\d{1,2})(?:[:：]|时|点)(\d{1,2})?分?(?:[:：]?(\d{1,2})(?:\.(\d{1,9}))?秒?)?)?$/u;
const ZONE = /(?<=:\d{2}(?:\.\d{1,9})?) ?(?:(Z)|\(?(?:UTC|GMT)? ?([+-])(\d{1,2}):?(\d{2})?\)?)$/iu;
const DAY = 86_400_000;
const MINUTE = 60_000;
const FIRST_YEAR = 1900;
const FURTHEST_ZONE = 14;

/**
 * Reads a moment as people write it in a table, in the zone of their work unless another stands behind it; a day alone is its
 * beginning (IMP-4: true times of what was noted by hand). Null where it is no moment, or one that a change of the clock leaves
 * out.
 *
 * @param timeZone a name such as `Asia/Shanghai`, or `+08:00`.
 */
export function readLocalMoment(text: string, timeZone: string): string | null {
  const typed = text.trim();
  const zone = ZONE.exec(typed);
  const wall = wallOf(zone ? typed.slice(0, zone.index) : typed);
  if (wall === null) return null;
  if (zone) {
    const [hours, minutes] = [Number(zone[3] ?? 0), Number(zone[4] ?? 0)];
    if (hours > FURTHEST_ZONE || minutes > 59) return null;
    return new Date(wall - (zone[2] === '-' ? -1 : 1) * (hours * 60 + minutes) * MINUTE).toISOString();
  }
  // The offset a day before and after are the only ones that can hold here.
  const moments = [wall - DAY, wall + DAY]
    .map((near) => wall - offsetAt(near, timeZone))
    .filter((moment) => moment + offsetAt(moment, timeZone) === wall);
  return moments.length ? new Date(Math.min(...moments)).toISOString() : null;
}

/** What the clock on the wall says, as if it hung in UTC; null where no calendar and no clock says so. */
function wallOf(text: string): number | null {
  const match = WRITTEN.exec(text);
  if (!match) return null;
  const part = (at: number) => Number(match[at] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  if (year < FIRST_YEAR || hour > 23 || minute > 59 || second > 59) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, second, Number((match[7] ?? '').padEnd(3, '0').slice(0, 3)));
  return new Date(wall).getUTCMonth() === month - 1 && new Date(wall).getUTCDate() === day ? wall : null;
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
