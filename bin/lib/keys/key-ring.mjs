import { hkdfSync, randomBytes } from 'node:crypto';
import { Problem } from '../problem.mjs';

/**
 * The master keys as the commands see them: `CRM_KEYS=id:base64,id:base64`, the first one active. What is accepted here is
 * exactly what the extension accepts (platform/api/keyring.ts; a test compares the two): these commands also run where the extension
 * is not built yet, and on a Node that reads no TypeScript.
 * @typedef {{ id: string, key: string }} MasterKey
 * @typedef {{ reason: 'missing' } | { reason: 'unreadable' | 'weak', place: number } | { reason: 'twice', id: string }} RingFault
 */

const KEY_BYTES = 32;
const LEAST_DISTINCT = 8;
const ENTRY = /^([A-Za-z0-9][\w-]{0,31}):([A-Za-z0-9+/]{43}=)$/;

/** @param {string | undefined} text @returns {MasterKey[] | RingFault} */
export function parseKeys(text) {
  const entries = (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (!entries.length) return { reason: 'missing' };
  /** @type {MasterKey[]} */
  const keys = [];
  for (const [index, entry] of entries.entries()) {
    const [, id, key] = ENTRY.exec(entry) ?? [];
    const bytes = Buffer.from(key ?? '', 'base64');
    if (!id || !key || bytes.length !== KEY_BYTES) return { reason: 'unreadable', place: index + 1 };
    if (new Set(bytes).size < LEAST_DISTINCT) return { reason: 'weak', place: index + 1 };
    if (keys.some((known) => known.id === id)) return { reason: 'twice', id };
    keys.push({ id, key });
  }
  return keys;
}

/** What is wrong with a ring, as one line that never repeats a key. @param {string | undefined} text @param {string} where @returns {Problem | null} */
export function ringProblem(text, where) {
  const read = parseKeys(text);
  if (Array.isArray(read)) return null;
  if (read.reason === 'missing') return new Problem('keysNone', { where });
  if (read.reason === 'twice') return new Problem('keyTwice', { where, id: read.id });
  return new Problem(read.reason === 'weak' ? 'keyWeak' : 'keyUnreadable', { where, place: read.place });
}

/** @param {string | undefined} text @param {string} where @returns {MasterKey[]} */
export function requireKeys(text, where) {
  const problem = ringProblem(text, where);
  if (problem) throw problem;
  return /** @type {MasterKey[]} */ (parseKeys(text));
}

/** @param {readonly MasterKey[]} keys */
export const toRingText = (keys) => keys.map(({ id, key }) => `${id}:${key}`).join(',');

/** A fresh key under an id that nothing was ever written with. @param {readonly string[]} taken every id that is or was in use @returns {MasterKey} */
export function makeKey(taken) {
  const numbers = taken.map((id) => Number(/^k(\d{1,9})$/.exec(id)?.[1] ?? 0));
  return { id: `k${Math.max(0, ...numbers) + 1}`, key: randomBytes(KEY_BYTES).toString('base64') };
}

/** Tells two keys of one id apart without telling anything about them. @param {MasterKey} master */
export const fingerprint = ({ key }) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key, 'base64'), 'group-crm', 'fingerprint', 16)).toString('hex');
