/** Characters that XML cannot hold are written `_x000D_` in a workbook, and an underscore before such a form `_x005F_`. */
export const unescapeText = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/gu, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16))).replace(/\r\n?/gu, '\n');

const UNWRITABLE =
  /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** The same the other way: the text of a cell as a workbook writes it, so that reading gives back what went in. */
export const escapeText = (text: string): string =>
  text.replace(UNWRITABLE, (sign) => `_x${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`);

const LETTERS = 26;
const FIRST_LETTER = 64;
const LONGEST_COLUMN = 3;
const LAST_ROW = 9_999_999;

/**
 * `AB12` → column 27 from 0, row 12; null for anything else. Read character by character, because it is asked for every
 * cell of a file.
 */
export function readReference(reference: string): { column: number; row: number } | null {
  let column = 0;
  let at = 0;
  for (; at < reference.length; at += 1) {
    const letter = reference.charCodeAt(at) - FIRST_LETTER;
    if (letter < 1 || letter > LETTERS) break;
    column = column * LETTERS + letter;
  }
  if (at === 0 || at > LONGEST_COLUMN || at === reference.length) return null;
  let row = 0;
  for (; at < reference.length; at += 1) {
    const digit = reference.charCodeAt(at) - DIGIT_ZERO;
    if (digit < 0 || digit > 9) return null;
    row = row * 10 + digit;
    if (row < 1 || row > LAST_ROW) return null;
  }
  return { column: column - 1, row };
}

const DIGIT_ZERO = 48;

/** Column 27 → `AB`, as a person knows it. */
export function columnName(column: number): string {
  let name = '';
  for (let rest = column + 1; rest > 0; rest = Math.floor((rest - 1) / LETTERS)) {
    name = String.fromCharCode(FIRST_LETTER + 1 + ((rest - 1) % LETTERS)) + name;
  }
  return name;
}

/** A block of merged cells; rows from 1 as in the file, columns from 0. */
export interface Merged {
  top: number;
  bottom: number;
  left: number;
  right: number;
  name: string;
}

/** Reads `B5:B7`; null where it is no block of several cells. */
export function readMerged(name: string): Merged | null {
  const [first, last] = name.split(':').map(readReference);
  if (!first || !last || last.row < first.row || last.column < first.column) return null;
  if (first.row === last.row && first.column === last.column) return null;
  return { top: first.row, bottom: last.row, left: first.column, right: last.column, name };
}
