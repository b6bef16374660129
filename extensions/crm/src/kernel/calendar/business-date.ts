/** Making one costs a hundred times what using it does; there are as many as zones that segments name. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made;
}

/** The day it is at a moment in a time zone, as `YYYY-MM-DD`; business dates are Shanghai's unless a segment says otherwise (design.md 6). */
export function toBusinessDate(moment: Date, timeZone = 'Asia/Shanghai'): string {
  const parts = formatOf(timeZone).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}

const DAY = 86_400_000;

/** Whole days from one business day to another, below 0 where the other is before it. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);
