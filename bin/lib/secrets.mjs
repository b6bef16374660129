import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Problem } from './problem.mjs';

/**
 * The demo's own secrets, made once and kept where only their owner reads them. Production never comes here: a secret that
 * a program invents is one that nobody has in a backup.
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Record<string, string>}
 */
export function demoSecrets(settings) {
  const file = join(settings.dataDir, 'secrets.json');
  const stored = read(file);
  const secrets = {
    SECRET: settings.environment['SECRET'] || stored['SECRET'] || randomBytes(32).toString('hex'),
    CRM_KEYS: settings.environment['CRM_KEYS'] || stored['CRM_KEYS'] || `k1:${randomBytes(32).toString('base64')}`,
  };
  if (!existsSync(file)) {
    mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
    const fresh = `${file}.new`;
    writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    renameSync(fresh, file);
  }
  chmodSync(file, 0o600);
  return secrets;
}

/** @param {string} file @returns {Record<string, string>} */
function read(file) {
  if (!existsSync(file)) return {};
  try {
    const value = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value?.SECRET === 'string' && typeof value.CRM_KEYS === 'string') return value;
  } catch {
    throw new Problem('brokenSecrets', { file });
  }
  throw new Problem('brokenSecrets', { file });
}
