import { isAbsolute, join } from 'node:path';
import { ROOT } from './paths.mjs';

export const DEMO_PASSWORD = 'Demo-2026-crm!';
export const DEMO_ADMIN = 'admin@example.com';
/** Databases that the CRM can live in. */
export const CLIENTS = ['sqlite3', 'pg', 'cockroachdb'];

/**
 * What a person may set (contract.md "Running"), read once.
 * @typedef {object} Settings
 * @property {number} port
 * @property {string} host
 * @property {string} dataDir absolute
 * @property {boolean} demo
 * @property {boolean} demoRows false: the demo's log-ins and settings, but not its group (for tests)
 * @property {string} demoPassword
 * @property {boolean} rehearsal
 * @property {boolean} postgres
 * @property {string} databaseFile SQLite only
 * @property {string} publicUrl
 * @property {boolean} redis
 * @property {Record<string, string>} environment the merged environment, for what the host reads itself
 */

/** @param {string | undefined} value @param {boolean} fallback */
const flag = (value, fallback) => (value === undefined || value === '' ? fallback : ['true', '1', 'yes'].includes(value.toLowerCase()));

/**
 * As the host decides it: any `REDIS_*` means Redis, `REDIS_ENABLED` has the last word. Empty ones and mere names of keys
 * say nothing.
 * @param {Record<string, string>} environment
 */
function usesRedis(environment) {
  const says = environment['REDIS_ENABLED'];
  if (says) return flag(says, false);
  return Object.entries(environment).some(([name, value]) => value !== '' && /^REDIS(_|$)/.test(name) && !name.endsWith('_NAMESPACE'));
}

/**
 * @param {Record<string, string>} environment
 * @returns {Settings}
 */
export function readSettings(environment) {
  const host = environment['HOST'] || '127.0.0.1';
  const port = Number(environment['PORT'] || 8055);
  const folder = environment['CRM_DATA_DIR'] || 'data';
  const dataDir = isAbsolute(folder) ? folder : join(ROOT, folder);
  const client = environment['DB_CLIENT'] || 'sqlite3';
  return {
    port,
    host,
    dataDir,
    demo: flag(environment['CRM_DEMO'], true),
    demoRows: flag(environment['CRM_DEMO_DATA'], flag(environment['CRM_DEMO'], true)),
    demoPassword: environment['CRM_DEMO_PASSWORD'] || DEMO_PASSWORD,
    rehearsal: flag(environment['CRM_REHEARSAL'], false),
    postgres: client !== 'sqlite3',
    databaseFile: environment['DB_FILENAME'] || join(dataDir, 'crm.db'),
    publicUrl: environment['PUBLIC_URL'] || `http://${host.includes(':') ? `[${host}]` : host}:${port}`,
    redis: usesRedis(environment),
    environment,
  };
}

/** @param {string} host */
export const isLoopback = (host) => host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
