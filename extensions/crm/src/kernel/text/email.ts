import { z } from 'zod';
import { toPlain } from './plain.ts';
import { read, unreadable, type Reading } from './reading.ts';

export type EmailReason = 'empty' | 'several' | 'no_at' | 'shape';

const ascii = z.email();
const international = z.email({ pattern: z.regexes.unicodeEmail });

/** Reads an e-mail address: half-width, lower case, without a mail client's `Name <…>` or `mailto:`. CUS-7. */
export function readEmail(text: string): Reading<EmailReason> {
  const plain = toPlain(text).replace(/。/gu, '.');
  const address = (/<([^<>]+)>\s*$/u.exec(plain)?.[1] ?? plain)
    .replace(/^mailto:/iu, '')
    .trim()
    .toLowerCase();
  if (!address) return unreadable('empty');
  if (!address.includes('@')) return unreadable('no_at');
  if (/[,;，；、]|@.*[\s@]/u.test(address)) return unreadable('several');
  if (ascii.safeParse(address).success) return read(address);
  return isInternational(address) ? read(address) : unreadable('shape');
}

/** Addresses with Chinese or other letters beyond ASCII, in either half. */
function isInternational(address: string): boolean {
  return (
    /[^\u0000-\u007F]/u.test(address) &&
    international.safeParse(address).success &&
    /^[^@\s]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+$/u.test(address)
  );
}
