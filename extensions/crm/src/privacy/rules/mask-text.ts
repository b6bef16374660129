import { toMask } from './mask.ts';

/** A mailbox (bounded, because anybody may send thousands of characters without an @). */
const MAILBOX = /[^\s"'<>,;:(){}[\]=&@]{1,64}@[^\s"'<>,;:(){}[\]=&@]{1,255}/gu;
/**
 * A run of digits long enough for a telephone number, however it is written, with its extension. Bounded, so that a long row
 * of digits and blanks costs no more than its length.
 */
const NUMBER = /(?<![\w-])[+＋]?[\d０-９](?:[\s().－-]{0,2}[\d０-９]){6,24}[\d０-９]*(?:\s?(?:x|ext\.?|转|#)\s?\d{1,6}(?!\d))?/giu;
/** A mainland mobile, whatever letters it hangs on. */
const MOBILE = /(?<!\d)1[3-9]\d{9}(?!\d)/gu;
const DAY = /^\d{4}-\d{2}-\d{2}(?!\d)/u;
/** What a machine is reached by. */
const ADDRESS = /^(?:(?:25[0-5]|2[0-4]\d|1?[1-9]?\d|10\d)(?:\.(?!$)|$)){4}$/u;
/** Names of rows are no numbers, although some of their parts look like one. */
const UUID = /([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})/iu;

/** A text for a log, with every number and mailbox in it masked. */
export const maskText = (text: string): string =>
  text
    .split(UUID)
    .map((part, nth) => (nth % 2 ? part : maskPlain(part)))
    .join('');

const maskPlain = (text: string): string =>
  text
    .replace(MAILBOX, (mailbox) => toMask('email', mailbox))
    .replace(NUMBER, maskRun)
    .replace(MOBILE, (number) => toMask('phone', number));

function maskRun(digits: string): string {
  if (ADDRESS.test(digits)) return digits;
  const [day] = DAY.exec(digits) ?? [''];
  return day ? `${day}${maskPlain(digits.slice(day.length))}` : toMask('phone', digits);
}
