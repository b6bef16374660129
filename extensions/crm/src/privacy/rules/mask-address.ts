import { toMask } from './mask.ts';

/** A mailbox (bounded, because anybody may send thousands of characters without an @), and a run of digits long enough for a telephone number, however they are written. */
const MAILBOX = /[^\s"'<>,;:(){}[\]=&@]{1,64}@[^\s"'<>,;:(){}[\]=&@]{1,255}/gu;
const NUMBER = /(?<![\w-])[+＋]?[\d０-９](?:[\s().－-]{0,2}[\d０-９]){6,}(?![\w-])/gu;
const DAY = /^\d{4}-\d{2}-\d{2}/u;

/** A text for a log, with every number and mailbox in it masked. */
export const maskText = (text: string): string =>
  text
    .replace(MAILBOX, (mailbox) => toMask('email', mailbox))
    .replace(NUMBER, (number) => (DAY.test(number) ? number : toMask('phone', number)));

/** An address as a log may show it: what people look for by number or mailbox stands in its query (SEC-1, F20). */
export function maskAddress(address: string): string {
  const at = address.indexOf('?');
  if (at < 0) return address;
  const parts = address.slice(at + 1).split('&');
  return `${address.slice(0, at)}?${parts.map(maskPart).join('&')}`;
}

function maskPart(part: string): string {
  try {
    const plain = decodeURIComponent(part.replaceAll('+', ' '));
    const masked = maskText(plain);
    return masked === plain ? part : encodeURI(masked);
  } catch {
    return '***';
  }
}

/** The same for what was read out of an address: values of any depth. */
export function maskValues(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (Array.isArray(value)) return value.map(maskValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, maskValues(inner)]));
}
