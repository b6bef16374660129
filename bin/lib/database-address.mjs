/**
 * Where the database is, in the host's own names: `DB_CONNECTION_STRING`, or the parts.
 * @typedef {{ host: string, port: string, user: string, password: string, database: string }} DatabaseAddress
 */

/** @param {Readonly<Record<string, string>>} env @returns {DatabaseAddress} */
export function databaseAddress(env) {
  const text = env['DB_CONNECTION_STRING'];
  if (!text) {
    return {
      host: env['DB_HOST'] ?? '',
      port: env['DB_PORT'] || '5432',
      user: env['DB_USER'] ?? '',
      password: env['DB_PASSWORD'] ?? '',
      database: env['DB_DATABASE'] ?? '',
    };
  }
  try {
    const url = new URL(text);
    return {
      host: url.hostname || (url.searchParams.get('host') ?? ''),
      port: url.port || '5432',
      user: decodeURIComponent(url.username) || (url.searchParams.get('user') ?? ''),
      password: decodeURIComponent(url.password) || (url.searchParams.get('password') ?? ''),
      database: decodeURIComponent(url.pathname.slice(1)),
    };
  } catch {
    return { host: '', port: '', user: '', password: '', database: '' };
  }
}

/** `REJECT_UNAUTHORIZED` → `rejectUnauthorized`, as the host names what stands behind `DB_SSL__`. @param {string} name */
const toCamelCase = (name) => name.toLowerCase().replace(/_+(\w)/g, (_, letter) => letter.toUpperCase());

/** @param {string} value */
const toValue = (value) => (['true', 'false'].includes(value) ? value === 'true' : value);

/** TLS towards the database as the host reads it: `DB_SSL=true`, or its parts as `DB_SSL__CA`. @param {Readonly<Record<string, string>>} env */
function sslOf(env) {
  const parts = Object.entries(env).filter(([name, value]) => name.startsWith('DB_SSL__') && value !== '');
  if (parts.length)
    return { ssl: Object.fromEntries(parts.map(([name, value]) => [toCamelCase(name.slice('DB_SSL__'.length)), toValue(value)])) };
  return env['DB_SSL'] ? { ssl: toValue(env['DB_SSL']) } : {};
}

/**
 * PostgreSQL for knex, reached exactly as the host reaches it: an installation must not look at another place than the server.
 * @param {Readonly<Record<string, string>>} env
 * @returns {import('knex').Knex.Config}
 */
export function postgresConfig(env) {
  const { host, port, user, password, database } = databaseAddress(env);
  const waiting = { connectionTimeoutMillis: 5000 };
  const connection = env['DB_CONNECTION_STRING']
    ? { connectionString: env['DB_CONNECTION_STRING'], ...waiting }
    : { host, port: Number(port), user, password, database, ...waiting, ...sslOf(env) };
  const path = env['DB_SEARCH_PATH'];
  return { client: 'pg', connection, ...(path ? { searchPath: path.replace(/^array:/, '').split(',') } : {}), pool: { min: 0, max: 2 } };
}
