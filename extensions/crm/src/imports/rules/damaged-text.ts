import type { CellFault } from './file-fault.ts';

/** The sign that stands for a lost character, private characters that every machine shows differently, and their famous remains. */
const LOST = /[\uFFFD\uE000-\uF8FF\u{F0000}-\u{10FFFD}]|锟斤拷|烫烫/u;
/** Chinese that was read as Western European once and stored like that: `å…¬å¸`. */
const TWICE = /(?:[ãäåæçèé][\u0080-\u00BFŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2}){2}/u;

/** Whether a text was damaged before it came here: it can be decoded, but not read. F31. */
export const isDamaged = (text: string): boolean => LOST.test(text) || TWICE.test(text);

/** The cells of a row that hold damaged text. */
export function damagedCells(cells: readonly string[]): CellFault[] {
  if (!isDamaged(cells.join('\n'))) return [];
  return cells.flatMap((cell, column) => (isDamaged(cell) ? [{ column, reason: 'damaged_text' as const }] : []));
}
