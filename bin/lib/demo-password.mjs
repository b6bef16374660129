import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const LENGTH = 32;

/**
 * What the database remembers of the demo's password, so that a later start with another one does not print log-ins that
 * nobody can use.
 * @param {string} password
 * @param {string} [salt]
 */
export const sealPassword = (password, salt = randomBytes(12).toString('hex')) =>
  `${salt}:${scryptSync(password, salt, LENGTH).toString('hex')}`;

/** @param {string} password @param {string} sealed */
export function isSamePassword(password, sealed) {
  const [salt = ''] = sealed.split(':');
  const [one, other] = [Buffer.from(sealPassword(password, salt)), Buffer.from(sealed)];
  return one.length === other.length && timingSafeEqual(one, other);
}
