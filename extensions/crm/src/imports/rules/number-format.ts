/** What a number format of a spreadsheet makes of a number: the little of it that decides which value was meant. */
export type NumberShape =
  | { kind: 'number' }
  | { kind: 'percent' }
  | { kind: 'date'; day: boolean; time: boolean }
  | { kind: 'zeros'; width: number }
  /** A number with words beside it: `30万元`. */
  | { kind: 'dressed'; before: string; after: string }
  /** Digits in the places of zeros, with signs between them: `HT-2026-012`, `12-34-5`; a zero stands as null. */
  | { kind: 'written'; parts: readonly (string | null)[] }
  /** Shown as something that the number alone does not say: in thousands without a word, with other words from some size on. */
  | { kind: 'other' };

const NUMBER: NumberShape = { kind: 'number' };
const OTHER: NumberShape = { kind: 'other' };
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
  if (plain.includes('%')) return { kind: 'percent' };
  const time = /[hs]|上午|am\/pm/iu.test(plain);
  const day = /[ydeb]|aaa/iu.test(plain) || (!time && /m/iu.test(plain));
  return day || time ? { kind: 'date', day, time } : shapeOfNumber(code);
}

/** Without quoted and escaped text, colours, languages and conditions; `[h]` and its like stay. */
const withoutText = (code: string): string =>
  code.replace(/"[^"]*"|[\\_*]./gu, '').replace(/\[([^\]]*)\]/gu, (_whole, inner: string) => (/^(?:h+|m+|s+)$/iu.test(inner) ? inner : ''));

/** A part of a format: text in quotes, one sign behind a backslash, the width or the filling of a sign, brackets, one sign. */
const PARTS = /"([^"]*)"|[\\!](.)|([_*].)|\[([^\]]*)\]|General|G\/通用格式|[Ee][+-]|(.)/gsu;
const PLACE = /^[0#?]$/u;

interface Section {
  /** Places of digits as they are written, the rest as text. */
  parts: { place: string | null; text: string }[];
  isConditional: boolean;
}

function sectionsOf(code: string): Section[] {
  const sections: Section[] = [{ parts: [], isConditional: false }];
  for (const [, quoted, escaped, blank, bracket, sign] of code.matchAll(PARTS)) {
    const section = sections.at(-1)!;
    const add = (text: string, place: string | null = null): void => void section.parts.push({ place, text });
    if (quoted !== undefined) add(quoted);
    else if (escaped !== undefined) add(escaped);
    else if (bracket !== undefined) {
      // `[$¥-804]` is the sign of a currency and a language.
      add(/^\$([^-]*)/u.exec(bracket)?.[1] ?? '');
      section.isConditional ||= /^[<>=]/u.test(bracket);
    } else if (sign === ';') sections.push({ parts: [], isConditional: false });
    else if (sign === undefined) add('', blank === undefined ? '#' : null);
    else if (PLACE.test(sign) || sign === '.' || sign === ',' || sign === '@' || sign === '/') add('', sign);
    else add(sign);
  }
  return sections;
}

function shapeOfNumber(code: string): NumberShape {
  const sections = sectionsOf(code);
  const [first] = sections;
  const isPlain = sections.every(({ parts }) => !parts.some(({ text }) => text.trim() && !/^[-()¥￥]$/u.test(text.trim())));
  const places = first!.parts.map(({ place }) => place ?? ' ').join('');
  const isScaled = sections.some(({ parts }) => /[0#?],+(?:[^0#?,]|$)/u.test(parts.map(({ place }) => place ?? '').join('')));
  // Fractions are numbers.
  if (/[@/]/u.test(places)) return isScaled ? OTHER : NUMBER;
  if (isScaled || (!isPlain && sections.some(({ isConditional }) => isConditional))) return OTHER;
  return shapeOfSection(first!);
}

function shapeOfSection({ parts }: Section): NumberShape {
  const first = parts.findIndex(({ place }) => place !== null);
  const last = parts.findLastIndex(({ place }) => place !== null);
  if (first < 0) return parts.some(({ text }) => text.trim()) ? OTHER : NUMBER;
  const written = parts.filter(({ place, text }) => place !== null || text);
  const isZeros = written.every(({ place }) => place === null || place === '0');
  const zeros = written.filter(({ place }) => place === '0').length;
  const isDivided = parts.slice(first, last + 1).some(({ place, text }) => place === null && text);
  const textOf = (some: typeof parts) =>
    some
      .map(({ text }) => text)
      .join('')
      .replace(/[¥￥]/gu, '')
      .trim();
  const [before, after] = [textOf(parts.slice(0, first)), textOf(parts.slice(last + 1))];
  if (isZeros && zeros > 1 && (isDivided || before || after))
    return { kind: 'written', parts: written.map(({ place, text }) => (place === null ? text : null)) };
  if (isDivided) return OTHER;
  if (isZeros && zeros > 1) return { kind: 'zeros', width: zeros };
  return before || after ? { kind: 'dressed', before, after } : NUMBER;
}
