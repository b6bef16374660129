import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFile, replaceFile } from './atomic-file.mjs';
import { recordedKeys, refuseForeignKeys, standingIds } from './keys/key-record.mjs';
import { makeKey, requireKeys, toRingText } from './keys/key-ring.mjs';
import { Problem } from './problem.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {{ SECRET: string, CRM_KEYS: string }} StoredSecrets */

/** Where the demo keeps its secrets. @param {Settings} settings */
export const secretsFile = (settings) => join(settings.dataDir, 'secrets.json');

/**
 * The secrets that the host gets: in production those of the environment, and nothing of ours; in the demo its own ones. Keys that
 * the database does not know under their ids, or a demo that lost its keys, are refused before anything is written with them.
 * @param {Settings} settings
 * @returns {Promise<Record<string, string>>}
 */
export async function provideSecrets(settings) {
  const record = await recordedKeys(settings);
  const secrets = settings.demo ? demoSecrets(settings, standingIds(record)) : {};
  refuseForeignKeys(keysOf(settings, secrets), record);
  return secrets;
}

/** @param {Settings} settings @param {Record<string, string>} secrets what `provideSecrets` gave */
export const keysOf = (settings, secrets) => requireKeys(secrets['CRM_KEYS'] ?? settings.environment['CRM_KEYS'], 'CRM_KEYS');

/** The keys that are there without making any: none at all where none were given. @param {Settings} settings */
export function standingKeys(settings) {
  const text = settings.environment['CRM_KEYS'] || (settings.demo ? readSecrets(secretsFile(settings))?.CRM_KEYS : '');
  return text ? requireKeys(text, 'CRM_KEYS') : [];
}

/**
 * The demo's own secrets, made once and kept where only their owner reads them. Production never comes here: a secret that
 * a program invents is one that nobody has in a backup. `CRM_KEYS_FILE` lets a running server notice a rotation; where the environment
 * gives the keys, it rules.
 * @param {Settings} settings
 * @param {readonly string[]} known ids of the keys that the database was written with
 * @returns {Record<string, string>}
 */
export function demoSecrets(settings, known = []) {
  const file = secretsFile(settings);
  const { SECRET, CRM_KEYS } = settings.environment;
  let stored = readSecrets(file);
  if (!stored && !CRM_KEYS && known.length) throw new Problem('keysLost', { file, ids: known.join(', ') });
  if (!stored) {
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
    const fresh = { SECRET: SECRET || randomBytes(32).toString('hex'), CRM_KEYS: CRM_KEYS || toRingText([makeKey([])]) };
    requireKeys(fresh.CRM_KEYS, 'CRM_KEYS');
    createFile(file, textOf(fresh));
    // Of two starts at once one has made the file; both work with what stands in it.
    stored = readSecrets(file) ?? fresh;
  }
  chmodSync(file, 0o600);
  requireKeys(CRM_KEYS || stored.CRM_KEYS, CRM_KEYS ? 'CRM_KEYS' : file);
  return {
    SECRET: SECRET || stored.SECRET,
    CRM_KEYS: CRM_KEYS || stored.CRM_KEYS,
    ...(CRM_KEYS ? {} : { CRM_KEYS_FILE: file }),
  };
}

/** @param {StoredSecrets} secrets */
const textOf = (secrets) => `${JSON.stringify(secrets, null, 2)}\n`;

/** Replaces the demo's keys; log-ins stay. @param {Settings} settings @param {string} keys */
export function storeKeys(settings, keys) {
  const file = secretsFile(settings);
  const stored = readSecrets(file);
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  replaceFile(file, textOf({ SECRET: stored?.SECRET ?? randomBytes(32).toString('hex'), CRM_KEYS: keys }));
}

/** @param {string} file @returns {StoredSecrets | null} null: there is none yet */
export function readSecrets(file) {
  if (!existsSync(file)) return null;
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value?.SECRET === 'string' && typeof value.CRM_KEYS === 'string') return value;
  } catch {
    throw new Problem('brokenSecrets', { file });
  }
  throw new Problem('brokenSecrets', { file });
}
