import { compareKeys, readKeyRecord } from '../keys/key-record.mjs';
import { Problem } from '../problem.mjs';
import { secretsFile, standingKeys } from '../secrets.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */

/**
 * Whether the keys that are here open what the backup holds, asked of its own record before anything stands in its place (SEC-1).
 * @param {Settings} settings
 * @param {import('knex').Knex} database with the rows of the backup
 * @param {{ withoutKeys: boolean, there: string }} wish
 */
export async function refuseWithoutKeys(settings, database, { withoutKeys, there }) {
  const { missing, different } = compareKeys(standingKeys(settings), await readKeyRecord(database));
  const place = settings.demo && !settings.environment['CRM_KEYS'] ? secretsFile(settings) : 'CRM_KEYS';
  if (different.length) throw new Problem('restoreOtherKeys', { ids: different.join(', '), place });
  if (missing.length && !withoutKeys) throw new Problem('restoreKeys', { ids: missing.join(', '), there });
}
