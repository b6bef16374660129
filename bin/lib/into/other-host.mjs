import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { parseDotEnv } from '../dot-env.mjs';
import { ROOT } from '../paths.mjs';
import { Problem } from '../problem.mjs';
import { withFileSettings } from '../setting-files.mjs';
import { CLIENTS, readSettings } from '../settings.mjs';

/**
 * A Directus that is not ours.
 * @typedef {object} OtherHost
 * @property {string} folder where it is started
 * @property {string} cli its own command line
 * @property {string} extensions where it looks for extensions
 * @property {import('../settings.mjs').Settings | null} settings how to reach its database; null when only it knows
 */

/** @param {string} file */
const packageOf = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null);

/** The one version of the host whose behaviour our guards are proven on. */
export const HOST_VERSION = packageOf(join(ROOT, 'package.json')).dependencies.directus;

/** @param {string} folder */
function storedSettings(folder) {
  const file = join(folder, '.env');
  return existsSync(file) ? parseDotEnv(readFileSync(file, 'utf8')) : {};
}

/**
 * Finds the host in `folder` and refuses what we cannot install into, before anything is written. In the host its `.env`
 * beats the environment, so it does here.
 * @param {string} place absolute
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} [extensions] given by the person
 * @returns {OtherHost}
 */
export function findOtherHost(place, environment, extensions) {
  const cli = join(place, 'node_modules', 'directus', 'cli.js');
  const found = packageOf(join(place, 'node_modules', 'directus', 'package.json'));
  if (!found || !existsSync(cli)) throw new Problem('intoNoHost', { folder: place });
  if (found.version !== HOST_VERSION) throw new Problem('intoVersion', { found: found.version, wanted: HOST_VERSION });
  const given = /** @type {Record<string, string>} */ ({ ...environment, ...storedSettings(place) });
  const client = given['DB_CLIENT'];
  if (!client && !given['CONFIG_PATH']) throw new Problem('intoNoSettings', { folder: place });
  if (client && !CLIENTS.includes(client)) throw new Problem('intoDatabase', { client });
  const path = extensions ?? given['EXTENSIONS_PATH'] ?? 'extensions';
  const settings = client ? settingsOf(place, withFileSettings(given)) : null;
  return { folder: place, cli, extensions: isAbsolute(path) ? path : join(place, path), settings };
}

/** @param {string} place @param {Record<string, string>} given */
function settingsOf(place, given) {
  const file = given['DB_FILENAME'] ?? '';
  return readSettings({ ...given, DB_FILENAME: isAbsolute(file) ? file : join(place, file) });
}
