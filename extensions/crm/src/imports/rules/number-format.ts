/** What a number format of a spreadsheet makes of a number: the little of it that decides which value was meant. */
export type NumberShape =
  { kind: 'number' } | { kind: 'percent' } | { kind: 'date'; day: boolean; time: boolean } | { kind: 'zeros'; width: number };

const NUMBER: NumberShape = { kind: 'number' };
const DAY: NumberShape = { kind: 'date', day: true, time: false };
const TIME: NumberShape = { kind: 'date', day: false, time: true };
const MOMENT: NumberShape = { kind: 'date', day: true, time: true };

/**
 * Formats that a file names by number only (ECMA-376 part 1, 18.8.30), those of Chinese, Japanese and Korean spreadsheets
 * included.
 */
export function builtInShape(id: number): NumberShape {
  if (id === 9 || id === 10) return { kind: 'percent' };
  if (id === 22) return MOMENT;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 54) || id === 57 || id === 58) return DAY;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id === 55 || id === 56) return TIME;
  return NUMBER;
}

/** The shape that a written format code asks for, by its first section. */
export function shapeOfCode(code: string): NumberShape {
  const [section = ''] = withoutText(code).split(';');
  const plain = section.replace(/General|G\/通用格式|e[+-]/giu, '');
  if (/^0{2,}$/u.test(plain.trim())) return { kind: 'zeros', width: plain.trim().length };
  if (plain.includes('%')) return { kind: 'percent' };
  const time = /[hs]|上午|am\/pm/iu.test(plain);
  const day = /[ydeb]|aaa/iu.test(plain) || (!time && /m/iu.test(plain));
  return day || time ? { kind: 'date', day, time } : NUMBER;
}

/** Without quoted and escaped text, colours, languages and conditions; `[h]` and its like stay. */
const withoutText = (code: string): string =>
  code.replace(/"[^"]*"|[\\_*]./gu, '').replace(/\[([^\]]*)\]/gu, (_whole, inner: string) => (/^(?:h+|m+|s+)$/iu.test(inner) ? inner : ''));
