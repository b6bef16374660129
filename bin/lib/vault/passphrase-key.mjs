import { hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * From a passphrase to a key (RFC 7914). 128 MiB and a third of a second a guess; the numbers stand in every file, so that
 * they can rise later. A file from outside may not ask for more than `MOST`.
 */
const COST = { N: 2 ** 17, r: 8, p: 1 };
const MOST = { N: 2 ** 20, r: 16, p: 4 };
const SALT_BYTES = 32;
const CHECK_BYTES = 16;

/** @typedef {{ N: number, r: number, p: number, salt: string, check: string }} KeyRecipe salt and check in base64 */

/** @type {(passphrase: string, salt: Buffer, length: number, options: object) => Promise<Buffer>} */
const derive = promisify(scrypt);

/** @param {string} passphrase @param {{ N: number, r: number, p: number }} cost @param {Buffer} salt */
async function keysFrom(passphrase, { N, r, p }, salt) {
  // One spelling of a passphrase: keyboards and systems compose accents and Chinese characters differently.
  const secret = await derive(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem: 256 * N * r });
  const part = (/** @type {string} */ name, /** @type {number} */ length) =>
    Buffer.from(hkdfSync('sha256', secret, salt, `group-crm ${name}`, length));
  return { key: part('seal', 32), check: part('check', CHECK_BYTES) };
}

/**
 * A key that is new for every file, even under the same passphrase.
 * @param {string} passphrase
 * @param {{ N: number, r: number, p: number }} [cost]
 * @returns {Promise<{ key: Buffer, recipe: KeyRecipe }>}
 */
export async function freshKey(passphrase, cost = COST) {
  const salt = randomBytes(SALT_BYTES);
  const { key, check } = await keysFrom(passphrase, cost, salt);
  return { key, recipe: { ...cost, salt: salt.toString('base64'), check: check.toString('base64') } };
}

/** @param {unknown} value @returns {value is KeyRecipe} */
export function isRecipe(value) {
  const { N, r, p, salt, check } = /** @type {Record<string, unknown>} */ (value ?? {});
  const isPower = typeof N === 'number' && N >= 2 && N <= MOST.N && (N & (N - 1)) === 0;
  const isWithin = (/** @type {unknown} */ number, /** @type {number} */ most) =>
    Number.isInteger(number) && Number(number) >= 1 && Number(number) <= most;
  return isPower && isWithin(r, MOST.r) && isWithin(p, MOST.p) && typeof salt === 'string' && typeof check === 'string';
}

/** The key of a file that exists; null: another passphrase. @param {string} passphrase @param {KeyRecipe} recipe @returns {Promise<Buffer | null>} */
export async function storedKey(passphrase, recipe) {
  const { key, check } = await keysFrom(passphrase, recipe, Buffer.from(recipe.salt, 'base64'));
  const wanted = Buffer.from(recipe.check, 'base64');
  return wanted.length === check.length && timingSafeEqual(wanted, check) ? key : null;
}
