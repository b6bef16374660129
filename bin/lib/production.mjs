import { isIP } from 'node:net';
import { databaseAddress } from './database-address.mjs';
import { ringProblem } from './keys/key-ring.mjs';
import { Problem } from './problem.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD, isLoopback } from './settings.mjs';

const SECRET_LENGTH = 32;
/** Values that stand in documentation, examples and compose files of this project, of the host and of databases. */
const KNOWN =
  /^(secret|password|directus|postgres|changeme|change-me|example|test|admin|root|123456\w*|0{4,}|6116487b-\w+.*|a-secret-of-the-test-harness.*)$/i;

/** @param {string} value */
const isWeak = (value) =>
  KNOWN.test(value) || new Set(value).size < 8 || value === DEMO_PASSWORD || /replace|changeme|change-me|your[-_ ]?secret/i.test(value);

/** @param {string} value */
function isPublicUrl(value) {
  try {
    const { protocol, hostname } = new URL(value);
    return protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname.replace(/^\[|\]$/g, '')));
  } catch {
    return false;
  }
}

/**
 * What is missing before real data of a group may be put in: all at once, so that a person need not start five times.
 * Nothing here has a default.
 * @param {import('./settings.mjs').Settings} settings
 * @returns {Problem[]}
 */
export function productionProblems({ environment, postgres }) {
  /** @type {Problem[]} */
  const problems = [];
  const need = (/** @type {boolean} */ fine, /** @type {string} */ what, /** @type {string} */ howZh, /** @type {string} */ howEn) => {
    if (!fine) problems.push(new Problem('productionNeeds', { what, howZh, howEn }));
  };
  const secret = environment['SECRET'] ?? '';
  need(
    secret.length >= SECRET_LENGTH && !isWeak(secret),
    'SECRET',
    `至少 ${SECRET_LENGTH} 个随机字符，例如 openssl rand -hex 32`,
    `at least ${SECRET_LENGTH} random characters, for example: openssl rand -hex 32`,
  );
  need(
    isPublicUrl(environment['PUBLIC_URL'] ?? ''),
    'PUBLIC_URL',
    '用户访问的地址，以 https:// 开头',
    'the address people use, beginning with https://',
  );
  const keys = environment['CRM_KEYS'];
  need(
    Boolean(keys),
    'CRM_KEYS',
    '加密敏感数据的密钥，例如 k1:$(openssl rand -base64 32)',
    'the key that seals sensitive values, for example: k1:$(openssl rand -base64 32)',
  );
  const fault = keys ? ringProblem(keys, 'CRM_KEYS') : null;
  if (fault) problems.push(fault);
  need(
    isExactProxy(environment['IP_TRUST_PROXY'] ?? ''),
    'IP_TRUST_PROXY',
    '写明代理的地址（逗号分隔），或 false；true 和跳数会让任何人伪造来源地址',
    'the exact addresses of your proxies (with commas between), or false: true or a number of hops lets anybody forge where they come from',
  );
  need(
    environment['ADMIN_EMAIL']?.toLowerCase() !== DEMO_ADMIN,
    'ADMIN_EMAIL',
    `不能是演示用的 ${DEMO_ADMIN}`,
    `an address other than ${DEMO_ADMIN}, which is the demo's`,
  );
  if (postgres) needDatabase(environment, need);
  return problems;
}

/** @param {Readonly<Record<string, string>>} environment @param {(fine: boolean, what: string, howZh: string, howEn: string) => void} need */
function needDatabase(environment, need) {
  const address = databaseAddress(environment);
  const inString = Boolean(environment['DB_CONNECTION_STRING']);
  for (const part of /** @type {const} */ (['host', 'database', 'user'])) {
    const what = inString ? 'DB_CONNECTION_STRING' : `DB_${part.toUpperCase()}`;
    need(
      Boolean(address[part]),
      what,
      inString ? `其中没有 ${part}` : '数据库连接',
      inString ? `its part ${part}` : 'where the database is',
    );
  }
  need(
    address.password.length >= 12 && !isWeak(address.password),
    inString ? 'DB_CONNECTION_STRING' : 'DB_PASSWORD',
    inString ? '其中的口令至少 12 个字符且不能是常见口令' : '至少 12 个字符且不能是常见口令',
    `${inString ? 'a password in it of ' : ''}at least 12 characters and none of the well-known ones`,
  );
}

/** Nothing but addresses and small networks: whoever is believed may say from where a request comes. @param {string} value */
function isExactProxy(value) {
  if (value === '' || value === 'false') return true;
  return value.split(',').every((text) => {
    const [address = '', bits] = text.trim().split('/');
    const kind = isIP(address);
    const least = kind === 6 ? 48 : 16;
    return text.trim() === 'loopback' || (kind !== 0 && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) >= least)));
  });
}
