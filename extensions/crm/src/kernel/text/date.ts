import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type DateReason = 'shape' | 'no_such_day' | 'range';

const SHAPES = [
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/u,
  /^(\d{4})年(\d{1,2})月(\d{1,2})日?$/u,
  /^(\d{4})(\d{2})(\d{2})$/u,
];

/** Reads a business date as `YYYY-MM-DD` (GB/T 7408); a day that no calendar has is refused, and so is a slip of the year. */
export function readDate(text: string): Reading<DateReason> {
  const typed = toPlain(text);
  const match = SHAPES.map((shape) => shape.exec(typed)).find(Boolean);
  if (!match) return unreadable('shape');
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return unreadable('no_such_day');
  if (year < FIRST_YEAR || year > LAST_YEAR) return unreadable('range');
  return read(`${match[1]}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`);
}

/** A moment is stored as it is sent; only a slip of the year is refused, and what cannot have happened by `latest`. */
export function readMoment(text: string, latest?: Date): Reading<'range' | 'not_yet'> {
  const moment = new Date(text);
  const year = moment.getUTCFullYear();
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return unreadable('range');
  return latest && moment > latest ? unreadable('not_yet') : read(text);
}

/** Nobody here was born earlier, and nothing is planned for later. */
const [FIRST_YEAR, LAST_YEAR] = [1900, 2200];

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
