import { isErrorSign } from './damaged-text.ts';

/**
 * What spreadsheet programs take for a formula: a sign at the beginning, half or full width, also behind spaces, quotes and
 * what no screen shows. Tabs and line ends at the beginning move the rest into a cell of its own.
 */
const DANGER =
  /^[\s\u0000-\u001F\u007F-\u00A0\u200B-\u200F\u2028-\u202F\u2060-\u2069\uFEFF'"`‘’“”＇＂]*(?:[=+\-@＝＋－＠−﹢﹣﹦﹫|%]|[\t\r\n])/u;

/** A text such as `#N/A` too, which would come back as the error of a formula. */
const isDangerous = (text: string): boolean => DANGER.test(text) || isErrorSign(text.replace(/^'+/u, ''));

/**
 * The text of an exported cell that no program runs as a formula (F21): an apostrophe before every text that could be one.
 * For texts only; numbers are written as numbers. `fromSafeCell` gives back exactly what went in.
 */
export const toSafeCell = (text: string): string => (isDangerous(text) ? `'${text}` : text);

/** The text that was meant: an apostrophe before a dangerous text was put there by an export, ours or another. */
export const fromSafeCell = (cell: string): string => (cell.startsWith("'") && isDangerous(cell.slice(1)) ? cell.slice(1) : cell);

/**
 * The text of a cell that a workbook holds as a text, so that nothing in it runs: only what `fromSafeCell` would take for an
 * apostrophe of ours gets one more.
 */
export const toSheetCell = (text: string): string => (fromSafeCell(text) === text ? text : toSafeCell(text));

const LONGEST_NAME = 100;

/** The name of a file to download: nothing that a shell, a browser or a spreadsheet program reads as more than a name. */
export function toSafeFileName(name: string, extension: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}\p{M} ._()（）-]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/\.{2,}/gu, '.')
    .replace(/^[\s._-]+|[\s._-]+$/gu, '');
  return `${[...plain].slice(0, LONGEST_NAME).join('') || 'export'}.${extension}`;
}
