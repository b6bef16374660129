import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type PostcodeReason = 'shape';

/** Reads a postcode: six digits in China, else up to ten letters, digits and hyphens of another country. CUS-7. */
export function readPostcode(text: string): Reading<PostcodeReason> {
  const code = toPlain(text).toUpperCase();
  const digits = code.replace(/\s/gu, '');
  if (/^\d{6}$/u.test(digits)) return read(digits);
  return /[A-Z-]/u.test(code) && /^[A-Z0-9][A-Z0-9 -]{2,9}$/u.test(code) ? read(code) : unreadable('shape');
}
