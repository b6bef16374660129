import { readFileSync } from 'node:fs';
import { Problem } from './problem.mjs';

/** Settings that may stand in a file of their own (`DB_PASSWORD_FILE=/run/secrets/db`), as the host names them. */
const FROM_FILE = /^(DB_\w+|SECRET|CRM_KEYS|CRM_DEMO_PASSWORD|CRM_BACKUP_PASSPHRASE|REDIS|REDIS_\w+|EMAIL_\w+|ADMIN_\w+)_FILE$/;

/**
 * Puts what stands in such files in the place of their names, once and for all readers: our checks, our own connections and
 * the host. A line end at the end, which editors and `echo` write, does not belong to a secret.
 * @param {Record<string, string>} environment
 * @returns {Record<string, string>}
 */
export function withFileSettings(environment) {
  /** @type {Record<string, string>} */
  const settings = {};
  for (const [name, value] of Object.entries(environment)) {
    const target = FROM_FILE.exec(name)?.[1];
    if (!target) settings[name] ??= value;
    else if (value) settings[target] = read(name, value);
  }
  return settings;
}

/** @param {string} name @param {string} file */
function read(name, file) {
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Problem('settingFile', { name, file, reason: /** @type {NodeJS.ErrnoException} */ (error).code ?? '' });
  }
}
