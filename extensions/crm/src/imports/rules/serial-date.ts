const DAY = 86_400;
/** The day that only Excel knows: 29 February 1900, number 60. */
const NO_SUCH_DAY = 60;
const LAST = 2_958_466;
const DAYS_TO_1904 = 1462;
const FIRST_MOMENT = Date.UTC(1899, 11, 30);

/** A point in time as a person reads it in the cell: no zone, to the second. */
export interface SerialDate {
  day: string;
  time: string;
}

/**
 * Reads a spreadsheet's day number in either of its two calendars; null where there is no such day (F31).
 *
 * @param from1904 whether the workbook counts from 1 January 1904, as old ones of the Mac do.
 */
export function readSerialDate(serial: number, from1904: boolean): SerialDate | null {
  const seconds = Math.round((serial + (from1904 ? DAYS_TO_1904 : 0)) * DAY);
  const days = Math.floor(seconds / DAY);
  if (!(days >= 0 && days < LAST) || (days === NO_SUCH_DAY && !from1904)) return null;
  // Before the day that never was, the numbers run one behind.
  const offset = days > NO_SUCH_DAY || from1904 ? days : days + 1;
  const moment = new Date(FIRST_MOMENT + (offset * DAY + (seconds - days * DAY)) * 1000).toISOString();
  const end = moment.indexOf('T');
  return { day: moment.slice(0, end), time: moment.slice(end + 1, end + 9) };
}
