import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { DEMO_ADMIN, isLoopback } from './settings.mjs';

/** Types of files that a CRM needs; nothing that a browser would run (no HTML, no SVG). */
export const FILE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
  'text/plain',
  'text/csv',
  'application/zip',
  'application/msword',
  'application/vnd.ms-excel',
  'application/vnd.ms-powerpoint',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  'audio/mpeg',
  'audio/mp4',
  'video/mp4',
];

/** Addresses the host must never fetch from for a user ("import from URL"): itself, private networks, cloud metadata. */
export const DENIED_ADDRESSES = [
  '0.0.0.0',
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::',
  '::1',
  'fc00::/7',
  'fe80::/10',
];

/**
 * Values that nobody may change: each closes a hole of directus-facts.md or keeps a promise of contract.md.
 * @param {import('./settings.mjs').Settings} settings
 */
const fixed = (settings) => ({
  CONFIG_PATH: join(ROOT, 'bin', 'no-env-file'),
  HOST: settings.host,
  PORT: String(settings.port),
  PUBLIC_URL: settings.publicUrl,
  TELEMETRY: 'false',
  AI_ENABLED: 'false',
  MCP_ENABLED: 'false',
  WEBSOCKETS_ENABLED: 'false',
  WEBSOCKETS_GRAPHQL_ENABLED: 'false',
  WEBSOCKETS_REST_ENABLED: 'false',
  WEBSOCKETS_LOGS_ENABLED: 'false',
  GRAPHQL_INTROSPECTION: 'false',
  OPENAPI_ENABLED: 'false',
  METRICS_ENABLED: 'false',
  TUS_ENABLED: 'false',
  EXTENSIONS_MUST_LOAD: 'true',
  EXTENSIONS_PATH: join(ROOT, 'extensions'),
  EXTENSIONS_AUTO_RELOAD: 'false',
  MARKETPLACE_TRUST: 'sandbox',
  MARKETPLACE_REGISTRY: 'http://127.0.0.1:9',
  CACHE_ENABLED: 'false',
  CACHE_SCHEMA_FREEZE_ENABLED: 'true',
  RETENTION_ENABLED: 'true',
  ACTIVITY_RETENTION: '190d',
  REVISIONS_RETENTION: '190d',
  FLOW_LOGS_RETENTION: '190d',
  FLOWS_ENV_ALLOW_LIST: 'false',
  NODE_ENV: 'production',
  TZ: 'UTC',
  SESSION_COOKIE_SECURE: String(!settings.demo),
  REFRESH_TOKEN_COOKIE_SECURE: String(!settings.demo),
  SESSION_COOKIE_SAME_SITE: 'lax',
  REFRESH_TOKEN_COOKIE_SAME_SITE: 'lax',
  CRM_DEMO: String(settings.demo),
  CRM_DATA_DIR: settings.dataDir,
  REDIS_ENABLED: String(settings.redis),
  CRM_REHEARSAL: String(settings.rehearsal),
});

/**
 * Safe values that a person may replace by another one.
 * @param {import('./settings.mjs').Settings} settings
 */
const defaults = (settings) => ({
  LOG_STYLE: 'raw',
  LOG_LEVEL: 'warn',
  IP_TRUST_PROXY: 'false',
  QUERY_LIMIT_DEFAULT: '100',
  QUERY_LIMIT_MAX: '1000',
  MAX_BATCH_MUTATION: '1000',
  MAX_PAYLOAD_SIZE: '2mb',
  MAX_RELATIONAL_DEPTH: '5',
  QUERYSTRING_ARRAY_LIMIT: '500',
  GRAPHQL_QUERY_TOKEN_LIMIT: '5000',
  FILES_MAX_UPLOAD_SIZE: '50mb',
  FILES_MIME_TYPE_ALLOW_LIST: FILE_TYPES.join(','),
  IMPORT_IP_DENY_LIST: DENIED_ADDRESSES.join(','),
  RATE_LIMITER_ENABLED: 'true',
  RATE_LIMITER_POINTS: settings.demo ? '2000' : '500',
  RATE_LIMITER_DURATION: '1',
  RATE_LIMITER_GLOBAL_ENABLED: 'true',
  RATE_LIMITER_GLOBAL_POINTS: settings.demo ? '5000' : '2000',
  RATE_LIMITER_GLOBAL_DURATION: '1',
  CRM_USER_RATE_POINTS: settings.demo ? '2000' : '100',
  CRM_ADDRESS_RATE_POINTS: settings.demo ? '2000' : '100',
  CRM_USER_RATE_DURATION: '1',
  ACCESS_TOKEN_TTL: '15m',
  SESSION_COOKIE_TTL: '1d',
  CRM_FORCED_CHANGE: String(!settings.demo),
  EMAIL_VERIFY_SETUP: 'false',
  TEMP_PATH: join(settings.dataDir, 'temp'),
  STORAGE_LOCATIONS: 'local',
  STORAGE_LOCAL_DRIVER: 'local',
  STORAGE_LOCAL_ROOT: join(settings.dataDir, 'uploads'),
  ...(settings.demo ? { ADMIN_EMAIL: DEMO_ADMIN, ADMIN_PASSWORD: settings.demoPassword, CRM_DEMO_PASSWORD: settings.demoPassword } : {}),
  ...(settings.postgres ? {} : { DB_CLIENT: 'sqlite3', DB_FILENAME: settings.databaseFile }),
  // The host's own limits answer nobody while their Redis is away, a freeze neither (ACC-9); ours go on in memory.
  ...{ RATE_LIMITER_STORE: 'memory', RATE_LIMITER_GLOBAL_STORE: 'memory' },
  ...{ SYNCHRONIZATION_STORE: settings.redis ? 'redis' : 'memory', CRM_RATE_STORE: settings.redis ? 'redis' : 'memory' },
});

/** What only our own commands read: the passphrase of backups lies in no process that serves people. */
const NOT_FOR_THE_HOST = new Set(['CRM_BACKUP_PASSPHRASE']);

/** A setting without a value (docker compose passes on those too) must not beat a default. @param {Record<string, string>} environment */
const given = (environment) =>
  Object.fromEntries(Object.entries(environment).filter(([name, value]) => value !== '' && !NOT_FOR_THE_HOST.has(name)));

/**
 * The whole environment of the host: one source for `npm start`, docker compose and the tests. `secrets` are the ones a
 * person gave or the demo made (never a default of ours); `overrides` are for tests only.
 * @param {import('./settings.mjs').Settings} settings
 * @param {Record<string, string>} secrets
 * @param {Record<string, string>} [overrides]
 * @returns {Record<string, string>}
 */
export function hostEnvironment(settings, secrets, overrides = {}) {
  if (settings.demo && !isLoopback(settings.host)) throw new Error('CRM_DEMO=true needs a loopback HOST');
  return { ...defaults(settings), ...given(settings.environment), ...secrets, ...fixed(settings), ...overrides };
}
