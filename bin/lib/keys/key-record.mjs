import { existsSync } from 'node:fs';
import { withDatabase } from '../database.mjs';
import { readStateRow, writeStateRow } from '../state-row.mjs';
import { Problem } from '../problem.mjs';
import { fingerprint } from './key-ring.mjs';

/**
 * The database remembers a fingerprint of every master key it was ever used with. Without it a demo whose secrets were lost, or a
 * restored system, would quietly make a new `k1` and go on under an id whose values it cannot open (SEC-1).
 */
const KEY = 'master-keys';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./key-ring.mjs').MasterKey} MasterKey */
/** @typedef {Record<string, { fingerprint: string, retired?: true }>} KeyRecord by id */

/** @param {import('knex').Knex} database @returns {Promise<KeyRecord>} */
export const readKeyRecord = async (database) => /** @type {KeyRecord | null} */ (await readStateRow(database, KEY)) ?? {};

/** @param {Settings} settings @returns {Promise<KeyRecord>} */
export async function recordedKeys(settings) {
  if (!settings.postgres && !existsSync(settings.databaseFile)) return {};
  try {
    return await withDatabase(settings, readKeyRecord);
  } catch (error) {
    if (error instanceof Problem) throw error;
    // A table of this name that is somebody else's: the installation refuses it in its own words.
    return {};
  }
}

/** Ids that values may still be sealed with. @param {KeyRecord} record */
export const standingIds = (record) => Object.keys(record).filter((id) => !record[id]?.retired);

/**
 * Compares the keys that are given with those that the database knows.
 * @param {readonly MasterKey[]} keys
 * @param {KeyRecord} record
 * @returns {{ missing: string[], different: string[] }}
 */
export function compareKeys(keys, record) {
  const given = new Map(keys.map((key) => [key.id, fingerprint(key)]));
  const standing = standingIds(record);
  return {
    missing: standing.filter((id) => !given.has(id)),
    different: standing.filter((id) => given.has(id) && given.get(id) !== record[id]?.fingerprint),
  };
}

/** A key of another installation under a known id would seal values that the right one cannot open. @param {readonly MasterKey[]} keys @param {KeyRecord} record */
export function refuseForeignKeys(keys, record) {
  const [id] = compareKeys(keys, record).different;
  if (id) throw new Problem('keyDiffers', { id });
}

/**
 * What a start does with its keys: remembers new ones; says which are not given. A start without an old key is let through, since
 * a lost key must not take the rest with it.
 * @param {Settings} settings
 * @param {readonly MasterKey[]} keys
 * @returns {Promise<string[]>} ids that the database knows and nobody gave
 */
export async function acceptKeys(settings, keys) {
  await rememberKeys(settings, keys);
  return compareKeys(keys, await recordedKeys(settings)).missing;
}

/** @param {readonly string[]} ids */
export const missingKeysText = (ids) =>
  [
    `⚠ 没有给出密钥 ${ids.join(', ')}：用它们加密的值无法打开。请从密钥导出恢复：npm run keys -- import <文件>；确实不再使用的，用 npm run keys -- retire <编号>`,
    `⚠ The keys ${ids.join(', ')} are not given: values sealed with them cannot be opened. Bring them back from the key export`,
    '  (npm run keys -- import <file>), or, when nothing uses them any more: npm run keys -- retire <id>',
  ].join('\n');

/** @param {Settings} settings @param {readonly MasterKey[]} keys */
export async function rememberKeys(settings, keys) {
  await withDatabase(settings, async (database) => {
    const record = await readKeyRecord(database);
    const fresh = keys.filter(({ id }) => !record[id] || record[id].retired);
    if (!fresh.length) return;
    for (const key of fresh) record[key.id] = { fingerprint: fingerprint(key) };
    await writeStateRow(database, KEY, record);
  });
}

/** Its id stays known, so that no other key ever gets it. @param {Settings} settings @param {string} id */
export async function rememberRetired(settings, id) {
  await withDatabase(settings, async (database) => {
    const record = await readKeyRecord(database);
    const known = record[id];
    if (known) await writeStateRow(database, KEY, { ...record, [id]: { ...known, retired: true } });
  });
}
