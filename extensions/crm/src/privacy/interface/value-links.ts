const MAIL = /^[^\s@]+@[^\s@]+$/u;
const EXTENSION = /^(?<number>.*?)(?:转|ext\.?|x|#)\s*(?<extension>\d+)$/iu;
const FEWEST_DIGITS = 5;

/** A mask, in whichever form: what nobody could have typed as a number, an address or a name. */
export const isMask = (value: unknown): boolean => typeof value === 'string' && value.includes('***');

/** Where a click on the whole value leads: the telephone, the mail program, or nowhere. */
export function linkOf(value: string): { kind: 'tel' | 'mailto'; href: string } | null {
  const text = value.trim();
  if (isMask(text)) return null;
  if (MAIL.test(text)) return { kind: 'mailto', href: `mailto:${encodeURIComponent(text).replace('%40', '@')}` };
  const { number = text, extension } = EXTENSION.exec(text)?.groups ?? {};
  if (/[^\d\s()+\-.]/u.test(number)) return null;
  const digits = number.replace(/[^\d+]/gu, '');
  if (digits.replace('+', '').length < FEWEST_DIGITS) return null;
  return { kind: 'tel', href: `tel:${digits}${extension ? `,${extension}` : ''}` };
}
