/** Making one costs a hundred times what using it does; there are as many as zones that segments name. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** A language that writes days as ISO 8601 does: reading one out of its parts takes three times as long. */
const YEAR_FIRST = 'sv-SE';

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat(YEAR_FIRST, { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The day it is at a moment in a time zone, as `YYYY-MM-DD`; business dates are Shanghai's unless a segment says otherwise (design.md 6). */
export function toBusinessDate(moment: Date, timeZone = 'Asia/Shanghai'): string {
  return formatOf(timeZone).format(moment);
}

const DAY = 86_400_000;
const MINUTE = 60_000;
/** No zone is further from UTC. */
const FURTHEST = 26 * 60 * MINUTE;

/** The first moment of a day (`YYYY-MM-DD`) in a time zone; of a day that a zone has left out, the first one after it. */
export function startOfDay(day: string, timeZone: string): Date {
  let [before, from] = [Date.parse(day) - FURTHEST, Date.parse(day) + FURTHEST];
  while (from - before > MINUTE) {
    const middle = Math.floor((before + from) / 2 / MINUTE) * MINUTE;
    if (toBusinessDate(new Date(middle), timeZone) < day) before = middle;
    else from = middle;
  }
  return new Date(from);
}

/** Whole days from one business day to another, below 0 where the other is before it. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
