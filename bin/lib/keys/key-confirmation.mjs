import { readStateRow, writeStateRow } from '../state-row.mjs';
import { Problem } from '../problem.mjs';
import { fingerprint } from './key-ring.mjs';

/**
 * Whether an export of today's keys lies somewhere else: remembered when one is written, and confirmed by a person who has put it
 * away. The doctor asks for it (guard/doctor/read-safe-copies.ts reads the same row; the name stands in both).
 */
const KEY = 'key-export';

/** @typedef {import('./key-ring.mjs').MasterKey} MasterKey */
/** @typedef {import('knex').Knex} Knex */
/** @typedef {{ exported: Record<string, string>, confirmed: Record<string, string>, at: string | null }} KeyExport ids with fingerprints */

/** @param {readonly MasterKey[]} keys */
const printsOf = (keys) => Object.fromEntries(keys.map((key) => [key.id, fingerprint(key)]));

/** @param {Knex} database @returns {Promise<KeyExport>} */
const read = async (database) =>
  /** @type {KeyExport | null} */ (await readStateRow(database, KEY)) ?? { exported: {}, confirmed: {}, at: null };

/** @param {Knex} database @param {readonly MasterKey[]} keys */
export async function rememberExport(database, keys) {
  await writeStateRow(database, KEY, { ...(await read(database)), exported: printsOf(keys) });
}

/**
 * @param {Knex} database
 * @param {readonly MasterKey[]} keys those in use
 * @param {readonly MasterKey[] | null} stored what the export that lies elsewhere holds, when a person showed it
 * @param {{ file: string, now: Date }} about
 */
export async function confirmExport(database, keys, stored, { file, now }) {
  const state = await read(database);
  const wanted = printsOf(keys);
  const shown = stored ? printsOf(stored) : state.exported;
  const lacking = Object.keys(wanted).filter((id) => shown[id] !== wanted[id]);
  if (lacking.length) throw new Problem(stored ? 'keysNotIn' : 'keysNotExported', { file, ids: lacking.join(', ') });
  await writeStateRow(database, KEY, { exported: shown, confirmed: wanted, at: now.toISOString() });
}
