import type { CellFault } from './file-fault.ts';
import type { NumberShape } from './number-format.ts';
import { readSerialDate } from './serial-date.ts';

export type CellText = { text: string; fault?: undefined } | { text: string; fault: Omit<CellFault, 'column'> };

/** Spreadsheets keep fifteen digits; a longer number has lost its end before it was saved. */
const FIRST_ROUNDED = 1e15;
const DIGITS = 15;

/**
 * The text of a number cell: all of its digits, never `1.38E+10`; leading zeros where the format shows them; dates as
 * `YYYY-MM-DD`. F31.
 */
export function cellNumber(raw: string, shape: NumberShape, from1904: boolean): CellText {
  const number = Number(raw);
  if (!raw.trim() || !Number.isFinite(number))
    return { text: raw, fault: { reason: 'formula_error', values: { value: raw.slice(0, 32) } } };
  if (shape.kind === 'date') return dateText(number, shape, from1904);
  if (Math.abs(number) >= FIRST_ROUNDED) return { text: plainDigits(number), fault: { reason: 'rounded_number' } };
  if (shape.kind === 'percent') return { text: `${plainDigits(tidy(number * 100))}%` };
  const text = plainDigits(tidy(number));
  switch (shape.kind) {
    case 'zeros':
      return { text: /^\d+$/u.test(text) ? text.padStart(shape.width, '0') : text };
    case 'dressed':
      return { text: text.startsWith('-') ? `-${shape.before}${text.slice(1)}${shape.after}` : `${shape.before}${text}${shape.after}` };
    case 'written':
      return /^\d+$/u.test(text) ? { text: written(text, shape.parts) } : { text, fault: shownOtherwise(text) };
    case 'other':
      return { text, fault: shownOtherwise(text) };
    default:
      return { text };
  }
}

const shownOtherwise = (value: string): Omit<CellFault, 'column'> => ({ reason: 'shown_otherwise', values: { value } });

/** The digits from behind into the places of the format; what is left over stands in its first place. */
function written(digits: string, parts: readonly (string | null)[]): string {
  const places = parts.filter((part) => part === null).length;
  const filled = digits.padStart(places, '0');
  let at = filled.length - places;
  return parts
    .map((part, index) => {
      if (part !== null) return part;
      const from = parts.indexOf(null) === index ? 0 : at;
      at += 1;
      return filled.slice(from, at);
    })
    .join('');
}

function dateText(serial: number, { day, time }: { day: boolean; time: boolean }, from1904: boolean): CellText {
  const date = readSerialDate(serial, from1904);
  if (!date) return { text: plainDigits(serial), fault: { reason: 'no_such_date', values: { value: plainDigits(serial) } } };
  if (day && time) return { text: `${date.day} ${date.time}` };
  return { text: day ? date.day : date.time };
}

/** 0.1 + 0.2 is stored with seventeen digits and shown with fifteen. */
const tidy = (number: number): number => (Number.isInteger(number) ? number : Number(number.toPrecision(DIGITS)));

function plainDigits(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return Math.abs(number) >= 1 ? BigInt(number).toString() : number.toFixed(20).replace(/0+$/u, '');
}
