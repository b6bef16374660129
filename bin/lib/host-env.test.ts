import { isAbsolute } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostEnvironment } from './host-env.mjs';
import { readSettings } from './settings.mjs';

const secrets = { SECRET: 's'.repeat(32) };
const demo = (more: Record<string, string> = {}) => hostEnvironment(readSettings(more), secrets);
const production = (more: Record<string, string> = {}) =>
  hostEnvironment(readSettings({ CRM_DEMO: 'false', HOST: '0.0.0.0', PUBLIC_URL: 'https://crm.example.com', ...more }), secrets);

/** Setting → value → why (directus-facts.md). */
const FIXED: [string, string, string][] = [
  ['TELEMETRY', 'false', 'nothing is sent to others'],
  ['AI_ENABLED', 'false', 'no path to the rows that our rules do not know (§11)'],
  ['MCP_ENABLED', 'false', 'as AI (§11)'],
  ['WEBSOCKETS_ENABLED', 'false', 'deletes of foreign rows are announced, suspended users stay connected (§3.5, §4)'],
  ['WEBSOCKETS_GRAPHQL_ENABLED', 'false', 'its clients cannot be found and closed (§4)'],
  ['WEBSOCKETS_REST_ENABLED', 'false', 'writes by query without row rules (§3.2)'],
  ['WEBSOCKETS_LOGS_ENABLED', 'false', 'logs are not for browsers'],
  ['GRAPHQL_INTROSPECTION', 'false', 'open to anonymous callers (§11)'],
  ['OPENAPI_ENABLED', 'false', 'anonymous callers read the schema (§11)'],
  ['METRICS_ENABLED', 'false', 'anonymous numbers'],
  ['TUS_ENABLED', 'false', 'orphaned uploads (§11)'],
  ['EXTENSIONS_MUST_LOAD', 'true', 'a host without our guards must not run (§2)'],
  ['EXTENSIONS_AUTO_RELOAD', 'false', 'nobody swaps the guards of a running host'],
  ['MARKETPLACE_TRUST', 'sandbox', 'no foreign code beside the guards (§11)'],
  ['CACHE_ENABLED', 'false', 'a moved user would keep the old segment (§3)'],
  ['RETENTION_ENABLED', 'true', 'the host’s own records go after six months, ours stay (网络安全法)'],
  ['ACTIVITY_RETENTION', '190d', 'six months at least (网络安全法)'],
  ['REVISIONS_RETENTION', '190d', 'six months at least (网络安全法)'],
  ['FLOWS_ENV_ALLOW_LIST', 'false', 'scripts in flows must not read secrets'],
  ['TZ', 'UTC', 'the host compares dates in the zone of the process; business dates are computed by us (design.md 6)'],
];

describe('the host is configured safely (issue 2 §1, facts §11-13)', () => {
  it.each(FIXED)('%s is %s: %s', (name, value) => {
    expect(demo()[name]).toBe(value);
    expect(production()[name]).toBe(value);
  });

  it.each(FIXED)('%s cannot be changed from outside', (name, value) => {
    expect(production({ [name]: 'something else' })[name]).toBe(value);
  });

  it.each([
    ['IP_TRUST_PROXY', 'false', 'else X-Forwarded-For chooses the address (§8)'],
    ['QUERY_LIMIT_MAX', '1000', 'contract.md'],
    ['MAX_BATCH_MUTATION', '1000', 'endless by default (§9)'],
    ['MAX_RELATIONAL_DEPTH', '5', 'deep queries cost the whole host'],
    ['GRAPHQL_QUERY_TOKEN_LIMIT', '5000', 'aliases and fragments (threats F25)'],
    ['RATE_LIMITER_ENABLED', 'true', 'limits are on (§11)'],
    ['RATE_LIMITER_GLOBAL_ENABLED', 'true', 'limits are on (§11)'],
  ])('%s is %s unless a person sets another value: %s', (name, value) => {
    expect(production()[name]).toBe(value);
    expect(production({ [name]: '7' })[name]).toBe('7');
  });

  it('trusts exactly the proxies that a person lists', () => {
    expect(production({ IP_TRUST_PROXY: '172.28.0.2' })['IP_TRUST_PROXY']).toBe('172.28.0.2');
  });

  it('takes an empty setting for none, as docker compose passes on what .env does not name', () => {
    const env = production({ EMAIL_FROM: '', EMAIL_SMTP_PORT: '', QUERY_LIMIT_MAX: '' });
    expect(env).toMatchObject({ QUERY_LIMIT_MAX: '1000' });
    expect(Object.keys(env).filter((name) => name.startsWith('EMAIL_FROM') || name.startsWith('EMAIL_SMTP'))).toEqual([]);
  });

  it('accepts only listed types of files, none that a browser runs', () => {
    const types = demo()['FILES_MIME_TYPE_ALLOW_LIST']?.split(',') ?? [];
    expect(types).toContain('application/pdf');
    expect(types.filter((type) => /html|svg|xml$|javascript|\*/.test(type))).toEqual([]);
  });

  it('never fetches from private networks for a user', () => {
    const denied = demo()['IMPORT_IP_DENY_LIST']?.split(',');
    expect(denied).toEqual(
      expect.arrayContaining(['0.0.0.0', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '169.254.0.0/16', '::1']),
    );
  });

  it('lets no .env file of the host beat the environment (§1)', () => {
    expect(demo()['CONFIG_PATH']).toMatch(/no-env-file$/);
  });

  it('keeps temporary files and uploads in its own data folder, and names folders absolutely', () => {
    const env = demo({ CRM_DATA_DIR: '/srv/crm' });
    expect(env).toMatchObject({ TEMP_PATH: '/srv/crm/temp', STORAGE_LOCAL_ROOT: '/srv/crm/uploads', DB_FILENAME: '/srv/crm/crm.db' });
    expect(isAbsolute(env['EXTENSIONS_PATH'] ?? '')).toBe(true);
    expect(isAbsolute(demo({ CRM_DATA_DIR: './elsewhere' })['TEMP_PATH'] ?? '')).toBe(true);
  });

  it('sends cookies over TLS only, in production', () => {
    expect(production()).toMatchObject({
      SESSION_COOKIE_SECURE: 'true',
      REFRESH_TOKEN_COOKIE_SECURE: 'true',
      SESSION_COOKIE_SAME_SITE: 'lax',
    });
    expect(demo()).toMatchObject({ SESSION_COOKIE_SECURE: 'false' });
  });

  it('has wide limits in the demo: at least 500 requests a second from one address and person (contract.md)', () => {
    for (const name of ['RATE_LIMITER_POINTS', 'RATE_LIMITER_GLOBAL_POINTS', 'CRM_USER_RATE_POINTS', 'CRM_ADDRESS_RATE_POINTS']) {
      expect(Number(demo()[name])).toBeGreaterThanOrEqual(500);
    }
  });

  it('counts our limits and schedules in Redis when there is one (§12); the host, whose limits stand and fall with it, in memory (ACC-9)', () => {
    const stores = { RATE_LIMITER_STORE: 'memory', RATE_LIMITER_GLOBAL_STORE: 'memory' };
    expect(production({ REDIS: 'redis://cache:6379' })).toMatchObject({
      SYNCHRONIZATION_STORE: 'redis',
      CRM_RATE_STORE: 'redis',
      ...stores,
    });
    expect(production()).toMatchObject({ SYNCHRONIZATION_STORE: 'memory', CRM_RATE_STORE: 'memory', ...stores });
  });

  it('knows no password and no demo user in production', () => {
    const env = production();
    expect(Object.keys(env).filter((name) => /PASSWORD|ADMIN_/.test(name))).toEqual([]);
    expect(env['CRM_DEMO']).toBe('false');
  });

  it('refuses the demo on an address that others reach', () => {
    expect(() => demo({ HOST: '0.0.0.0' })).toThrow(/loopback/);
  });
});
