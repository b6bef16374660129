import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createFile } from '../atomic-file.mjs';
import { Problem } from '../problem.mjs';
import { open, seal } from '../vault/sealed-file.mjs';
import { requireKeys, toRingText } from './key-ring.mjs';

/** @typedef {import('./key-ring.mjs').MasterKey} MasterKey */

const HEAD = '-----BEGIN GROUP CRM KEYS-----';
const FOOT = '-----END GROUP CRM KEYS-----';
const LINE = 64;

/** @param {AsyncIterable<Buffer>} source */
async function whole(source) {
  const parts = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

async function* once(/** @type {Buffer} */ bytes) {
  yield bytes;
}

/** Text, so that it can be printed and kept in a safe. @param {readonly MasterKey[]} keys @param {string} passphrase */
async function toText(keys, passphrase) {
  const sealed = await whole(seal(once(Buffer.from(JSON.stringify({ keys: toRingText(keys) }))), passphrase, 'keys'));
  const lines = sealed.toString('base64').match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [HEAD, ...lines, FOOT, ''].join('\n');
}

/** Where a person means it: `npm run` starts us in the project's folder. @param {string} file */
export const placeOf = (file) => resolve(process.env['INIT_CWD'] ?? '.', file);

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Problem('fileUnusable', { file, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
}

/** @param {string} file @param {string} passphrase @returns {Promise<MasterKey[]>} */
export async function readKeyExport(file, passphrase) {
  const text = readText(file);
  const [, body] = new RegExp(`^\\s*${HEAD}([A-Za-z0-9+/=\\s]+)${FOOT}\\s*$`).exec(text) ?? [];
  const bytes = body ? Buffer.from(body, 'base64') : Buffer.from(text, 'latin1');
  const content = await whole(open(once(bytes), passphrase, 'keys', file));
  return requireKeys(JSON.parse(content.toString()).keys, file);
}

/**
 * Writes the keys under a passphrase and reads them back before it says so. Never over a file that is there.
 * @param {string} file
 * @param {readonly MasterKey[]} keys
 * @param {string} passphrase
 */
export async function writeKeyExport(file, keys, passphrase) {
  const text = await toText(keys, passphrase);
  try {
    if (!createFile(file, text)) throw new Problem('fileExists', { file });
  } catch (error) {
    throw error instanceof Problem
      ? error
      : new Problem('fileUnusable', { file, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
  if (toRingText(await readKeyExport(file, passphrase)) !== toRingText(keys)) throw new Problem('sealedDamaged', { file });
}
