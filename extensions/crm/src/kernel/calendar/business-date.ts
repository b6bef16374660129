/** The day it is at a moment in a time zone, as `YYYY-MM-DD`; business dates are Shanghai's unless a segment says otherwise (design.md 6). */
export function toBusinessDate(moment: Date, timeZone = 'Asia/Shanghai'): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(moment);
  const part = (type: string) => parts.find((one) => one.type === type)!.value;
  return `${part('year')}-${part('month')}-${part('day')}`;
}
