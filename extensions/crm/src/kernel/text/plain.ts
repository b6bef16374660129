/**
 * The form in which codes, numbers and addresses are stored, whatever keyboard they come from: composed characters,
 * half-width letters, digits and signs, one space between words, nothing invisible. DQ-6.
 */
export function toPlain(text: string): string {
  return toTidy(toTidy(text).replace(/[\uFF01-\uFF5E]/gu, toHalfWidth));
}

/**
 * The form of names and titles: as `toPlain`, but Chinese punctuation（，：（）！）keeps its width, because that is how it
 * is written.
 */
export function toTitle(text: string): string {
  return toTidy(toTidy(text).replace(/[０-９Ａ-Ｚａ-ｚ＃＄％＆＊＋－．／＠＿]/gu, toHalfWidth));
}

/** Longer texts keep their lines and their width; only what no screen shows is taken out. */
export function toProse(text: string): string {
  return text.replace(/\r\n?/gu, '\n').replace(INVISIBLE_IN_PROSE, '').normalize('NFC').trim();
}

/** Between Chinese characters, and beside their brackets, there is no space; beside Latin words and digits it stays. */
export function closeHan(text: string): string {
  return text.replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])|(?<=[（）])\s+|\s+(?=[（）])/gu, '');
}

/** Whether a text shows nothing on any screen: blanks, and what fills a place unseen (the filler of Hangul, a soft hyphen, an empty braille cell). */
export const isBlank = (text: string): boolean => !/[^\s\p{Cc}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);

export const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/** Characters that can hide one text inside another (bidirectional overrides, zero width) and control characters. */
const INVISIBLE = /[^\P{Cc}\s]|[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/gu;
/** As above, but a line break and a tab are part of a longer text, and joiners are part of emoji. */
const INVISIBLE_IN_PROSE = /[^\P{Cc}\n\t]|[\u202A-\u202E\u2066-\u2069\uFEFF]/gu;

/** What is invisible goes first: it may stand between two spaces, or between a letter and its accent. */
const toTidy = (text: string): string => text.replace(INVISIBLE, '').normalize('NFC').replace(/\s+/gu, ' ').trim();

const toHalfWidth = (char: string): string => String.fromCharCode(char.charCodeAt(0) - 0xfee0);
