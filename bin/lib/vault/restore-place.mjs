import { existsSync, readdirSync, statSync } from 'node:fs';
import { withDatabase } from '../database.mjs';
import { databaseAddress } from '../database-address.mjs';
import { readStanding } from '../install-state.mjs';
import { Problem } from '../problem.mjs';
import { runningServers } from '../running-servers.mjs';
import { tablesOf } from '../start-mark.mjs';

/** @typedef {import('../settings.mjs').Settings} Settings */
/** @typedef {import('./backup-content.mjs').About} About */

/** The advisory lock of ../one-at-a-time.mjs, whose connection is ours. */
const OUR_CONNECTIONS = `SELECT l.pid FROM pg_locks l WHERE l.locktype = 'advisory' AND l.granted AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/** Connections of a server that was stopped a moment ago need one to go. */
const LOOKS = 6;
const LOOK_MS = 300;

/** How a person finds the database again. @param {Settings} settings */
export const nameOfPlace = (settings) => (settings.postgres ? databaseAddress(settings.environment).database : settings.databaseFile);

/** Whoever is connected would read or write what is being replaced, from this machine or another. @param {Settings} settings */
async function connectedOthers(settings) {
  if (!settings.postgres) return 0;
  return withDatabase(settings, async (database) => {
    const { rows } = await database.raw(
      `SELECT count(*) AS count FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend' AND pid NOT IN (${OUR_CONNECTIONS})`,
    );
    return Number(rows[0].count);
  });
}

/** @param {Settings} settings */
export async function refuseWhileRunning(settings) {
  const [pid] = runningServers(settings.dataDir);
  if (pid) throw new Problem('restoreRunning', { who: `pid ${pid}` });
  let others = await connectedOthers(settings);
  for (let look = 1; others && look < LOOKS; look += 1) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    others = await connectedOthers(settings);
  }
  if (others) throw new Problem('restoreRunning', { who: `${nameOfPlace(settings)}: ${others} × PostgreSQL` });
}

/** @param {string} folder */
const hasFiles = (folder) => existsSync(folder) && statSync(folder).isDirectory() && readdirSync(folder).length > 0;

/** What is damaged says nothing of itself any more; it is put aside like anything that is replaced. @param {Settings} settings */
async function readPlace(settings) {
  try {
    return await readStanding(settings);
  } catch (error) {
    if (error instanceof Problem && error.problem === 'brokenDatabase') return { kind: 'ours', halfRestored: null };
    throw error;
  }
}

/**
 * An empty place may be filled; one of ours only when a person said so or an earlier restore was cut off in it; anything else never.
 * @param {Settings} settings
 * @param {string[]} folders where files will go
 * @param {boolean} mayReplace
 */
export async function refuseFilledPlace(settings, folders, mayReplace) {
  const where = nameOfPlace(settings);
  const standing = await readPlace(settings);
  const isFilled = settings.postgres
    ? (await withDatabase(settings, tablesOf)).length > 0
    : existsSync(settings.databaseFile) && statSync(settings.databaseFile).size > 0;
  if (isFilled && standing.kind !== 'ours' && standing.kind !== 'half_made') throw new Problem('restoreForeign', { where });
  if (mayReplace || standing.halfRestored) return;
  const filled = folders.find(hasFiles);
  if (isFilled || filled) throw new Problem('restoreNotEmpty', { where: isFilled ? where : (filled ?? '') });
}

/** @param {string} one @param {string} other @returns {boolean} whether `one` is a later version */
export function isNewer(one, other) {
  const [a, b] = [one, other].map((text) => text.split(/[.+-]/).slice(0, 3).map(Number));
  for (const at of [0, 1, 2]) if (a?.[at] !== b?.[at]) return Number(a?.[at]) > Number(b?.[at]);
  return false;
}

/**
 * What a backup says of itself against what these settings and this version can take.
 * @param {About} about
 * @param {Settings} settings
 * @param {{ version: string, host: string }} here
 */
export function refuseForeignBackup(about, settings, here) {
  const now = settings.postgres ? 'postgres' : 'sqlite';
  if (isNewer(about.version, here.version)) throw new Problem('restoreNewer', { what: 'CRM', found: about.version, wanted: here.version });
  if (isNewer(about.host, here.host)) throw new Problem('restoreNewer', { what: 'Directus', found: about.host, wanted: here.host });
  if (about.database !== now) throw new Problem('restoreOtherDatabase', { was: about.database, now });
  if (about.mode && about.mode !== (settings.demo ? 'demo' : 'production')) throw new Problem('restoreOtherMode', { was: about.mode });
}
