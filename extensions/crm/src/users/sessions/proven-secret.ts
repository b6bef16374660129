import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const RANDOM_BYTES = 10;
const TIME_BYTES = 4;
const PROOF_BYTES = 6;
const LETTERS_OF_ALL = ((RANDOM_BYTES + TIME_BYTES + PROOF_BYTES) * 8) / 5;
const GOOD_MS = 30 * 60_000;

/** Only where the host has no secret either and makes one up for itself. */
const made = randomBytes(32);

interface Whose {
  user: string;
  /** The host's own secret. */
  key: unknown;
  now: Date;
}

function proofOf(open: Buffer, { user, key }: Whose): Buffer {
  const secret = typeof key === 'string' && key ? key : made;
  return createHmac('sha256', secret)
    .update(`crm/second-factor/${user}/${open.toString('hex')}`)
    .digest()
    .subarray(0, PROOF_BYTES);
}

const toLetters = (bytes: Buffer): string =>
  [...bytes]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .replace(/.{5}/gu, (five) => LETTERS[Number.parseInt(five, 2)]!);

function fromLetters(text: string): Buffer | null {
  if (text.length !== LETTERS_OF_ALL || !/^[A-Z2-7]+$/u.test(text)) return null;
  const bits = [...text].map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from(bits.match(/.{8}/gu)!.map((eight) => Number.parseInt(eight, 2)));
}

/**
 * A secret of the second factor that proves where it comes from: given out to this person, by this server, a while ago, after the
 * password. The Studio sends it back with the first code and no password; a stolen session alone sets nothing up (ACC-7).
 */
export function newProvenSecret(whose: Whose): string {
  const open = Buffer.alloc(RANDOM_BYTES + TIME_BYTES);
  randomBytes(RANDOM_BYTES).copy(open);
  open.writeUInt32BE(Math.floor(whose.now.getTime() / 1000), RANDOM_BYTES);
  return toLetters(Buffer.concat([open, proofOf(open, whose)]));
}

export function isProvenSecret(secret: string, whose: Whose): boolean {
  const bytes = fromLetters(secret);
  if (!bytes) return false;
  const open = bytes.subarray(0, RANDOM_BYTES + TIME_BYTES);
  const age = whose.now.getTime() - open.readUInt32BE(RANDOM_BYTES) * 1000;
  return timingSafeEqual(bytes.subarray(open.length), proofOf(open, whose)) && age >= 0 && age < GOOD_MS;
}
