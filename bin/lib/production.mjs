import { Problem } from './problem.mjs';
import { DEMO_PASSWORD, isLoopback } from './settings.mjs';

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
  const keys = environment['CRM_KEYS'] ?? '';
  need(
    /^[\w-]+:[A-Za-z0-9+/]{43}=(,[\w-]+:[A-Za-z0-9+/]{43}=)*$/.test(keys),
    'CRM_KEYS',
    '加密敏感数据的密钥，例如 k1:$(openssl rand -base64 32)',
    'the key that seals sensitive values, for example: k1:$(openssl rand -base64 32)',
  );
  if (postgres && !environment['DB_CONNECTION_STRING']) {
    for (const name of ['DB_HOST', 'DB_DATABASE', 'DB_USER']) need(Boolean(environment[name]), name, '数据库连接', 'where the database is');
    const password = environment['DB_PASSWORD'] ?? '';
    need(
      password.length >= 12 && !isWeak(password),
      'DB_PASSWORD',
      '至少 12 个字符且不能是常见口令',
      'at least 12 characters and none of the well-known ones',
    );
  }
  return problems;
}
