import type { CellFault, CellReason } from './file-fault.ts';

/** The sign that stands for a lost character, private characters that every machine shows differently, and their famous remains. */
const LOST = /[\uFFFD\uE000-\uF8FF\u{F0000}-\u{10FFFD}]|锟斤拷|烫烫/u;
/** Chinese that was read as Western European once and stored like that: `å…¬å¸`. */
const TWICE = /(?:[ãäåæçèé][\u0080-\u00BFŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2}){2}/u;

/** Whether a text was damaged before it came here: it can be decoded, but not read. F31. */
export const isDamaged = (text: string): boolean => LOST.test(text) || TWICE.test(text);

/** What stands before a cell of our own file of rows that were not imported, where the cell does not say what was meant. */
const MARK = '#REWRITE!';
const UNRELIABLE: ReadonlySet<string> = new Set<CellReason>([
  'formula_without_value',
  'formula_error',
  'merged',
  'rounded_number',
  'shown_otherwise',
  'no_such_date',
]);

/** The cell as that file holds it: a text table keeps no faults, so the cell itself says that it must be written anew (F31). */
export const markedCell = (cell: string, reasons: readonly string[]): string =>
  reasons.some((reason) => UNRELIABLE.has(reason)) ? `${MARK} ${cell}`.trim() : cell;

/** The cells of a row that hold damaged text, or that were marked and not written anew. */
export function damagedCells(cells: readonly string[]): CellFault[] {
  const all = cells.join('\n');
  if (!all.includes(MARK) && !isDamaged(all)) return [];
  return cells.flatMap((cell, column): CellFault[] => {
    if (cell.includes(MARK)) return [{ column, reason: 'rewrite', values: { mark: MARK } }];
    return isDamaged(cell) ? [{ column, reason: 'damaged_text' }] : [];
  });
}

/** What a spreadsheet writes into a text table for a cell without a value, or one that is too narrow for its number. */
const ERROR = /^#(?:REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|#{2,})$/iu;

export const isErrorSign = (cell: string): boolean => cell.startsWith('#') && ERROR.test(cell.trim());

/** The cells of a text table that hold such a sign instead of a value (F31). */
export const errorCells = (cells: readonly string[]): CellFault[] =>
  cells.flatMap((cell, column): CellFault[] =>
    isErrorSign(cell) ? [{ column, reason: 'formula_error', values: { value: cell.trim().slice(0, 32) } }] : [],
  );
