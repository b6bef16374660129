import { describe, expect, it } from 'vitest';
import { ROLE_IDS } from '../../../kernel/roles.ts';
import { isClosing } from './finding.ts';
import { checkHeadcount, type HeadcountFacts } from './headcount.ts';
import { checkSettings, HOST_VERSION } from './settings.ts';

const SAFE = {
  TELEMETRY: false,
  MCP_ENABLED: false,
  AI_ENABLED: false,
  WEBSOCKETS_ENABLED: false,
  GRAPHQL_INTROSPECTION: false,
  OPENAPI_ENABLED: false,
  EXTENSIONS_MUST_LOAD: true,
  IP_TRUST_PROXY: false,
  QUERY_LIMIT_MAX: 1000,
  MAX_BATCH_MUTATION: 1000,
  FILES_MIME_TYPE_ALLOW_LIST: ['image/png'],
  IMPORT_IP_DENY_LIST: ['127.0.0.0/8'],
  RATE_LIMITER_ENABLED: true,
  RATE_LIMITER_GLOBAL_ENABLED: true,
  SECRET: 'x'.repeat(32),
  CACHE_ENABLED: false,
};

describe('F1: the host that runs is the host that was proven', () => {
  it('finds nothing on our own settings', () => expect(checkSettings(SAFE, HOST_VERSION, true)).toEqual([]));
  it('closes on another version', () => expect(checkSettings(SAFE, '12.4.1', true).filter(isClosing)).toHaveLength(1));
  it('closes while the cache is on', () =>
    expect(checkSettings({ ...SAFE, CACHE_ENABLED: true }, HOST_VERSION, true).filter(isClosing)).toHaveLength(1));
  it.each([
    ['TELEMETRY', true],
    ['MCP_ENABLED', undefined],
    ['WEBSOCKETS_ENABLED', 'true'],
    ['GRAPHQL_INTROSPECTION', undefined],
    ['IP_TRUST_PROXY', true],
    ['IP_TRUST_PROXY', undefined],
    ['EXTENSIONS_MUST_LOAD', undefined],
    ['QUERY_LIMIT_MAX', undefined],
    ['QUERY_LIMIT_MAX', Infinity],
    ['FILES_MIME_TYPE_ALLOW_LIST', '*/*'],
    ['MARKETPLACE_TRUST', 'all'],
    ['RATE_LIMITER_ENABLED', false],
    ['TUS_ENABLED', true],
    ['SECRET', 'short'],
    ['SECRET', undefined],
  ])('warns about %s = %s', (name, value) => {
    const findings = checkSettings({ ...SAFE, [name]: value }, HOST_VERSION, true);
    expect(findings.map((found) => found.path)).toEqual([`settings.${name}`]);
    expect(JSON.stringify(findings)).not.toContain('short');
  });
  it.each([
    ['190d', []],
    ['26w', []],
    ['1y', []],
    [180 * 86_400_000, []],
    ['90d', ['settings.ACTIVITY_RETENTION', 'settings.REVISIONS_RETENTION']],
    ['179 days', ['settings.ACTIVITY_RETENTION', 'settings.REVISIONS_RETENTION']],
    ['10000m', ['settings.ACTIVITY_RETENTION', 'settings.REVISIONS_RETENTION']],
    ['soon', ['settings.ACTIVITY_RETENTION', 'settings.REVISIONS_RETENTION']],
  ])('SEC-3: warns where the host prunes activity and revisions after %s', (kept, paths) => {
    const env = { ...SAFE, RETENTION_ENABLED: true, ACTIVITY_RETENTION: kept, REVISIONS_RETENTION: kept };
    expect(checkSettings(env, HOST_VERSION, false).map((found) => found.path)).toEqual(paths);
    expect(checkSettings({ ...env, RETENTION_ENABLED: 'false' }, HOST_VERSION, false)).toEqual([]);
  });
  it('asks for rate limits only where strangers can come', () =>
    expect(checkSettings({ ...SAFE, RATE_LIMITER_ENABLED: false }, HOST_VERSION, false)).toEqual([]));
});

const person = (role: keyof typeof ROLE_IDS, home: string | null) => ({ role: ROLE_IDS[role], home, managed: [] });
const FACTS: HeadcountFacts = {
  pool: 's00',
  segments: [
    { id: 's00', code: 's00' },
    { id: 's01', code: 's01' },
  ],
  companies: [{ name: '甲', project_owner: 'u1' }],
  people: [person('system_admin', 's00'), person('system_admin', 's00'), person('segment_admin', 's01')],
};
const kinds = (change: Partial<HeadcountFacts>) => checkHeadcount({ ...FACTS, ...change }).map((found) => found.kind);

describe('headcounts', () => {
  it('ORG-7, ORG-8, ORG-9: all met', () => expect(kinds({})).toEqual([]));
  it('ORG-7: a segment without an admin alerts', () => expect(kinds({ people: FACTS.people.slice(0, 2) })).toEqual(['no_segment_admin']));
  it('ORG-7: a third admin is an error', () =>
    expect(kinds({ people: [...FACTS.people, person('segment_admin', 's01'), person('segment_admin', 's01')] })).toEqual([
      'too_many_segment_admins',
    ]));
  it('ORG-8: two system admins, no more and no fewer', () =>
    expect(kinds({ people: FACTS.people.slice(1) })).toEqual(['system_admin_count']));
  it('ORG-9: each company has a project owner', () =>
    expect(kinds({ companies: [{ name: '乙', project_owner: null }] })).toEqual(['no_project_owner']));
  it('F6: people without a segment are named', () =>
    expect(kinds({ people: [...FACTS.people, person('sales_rep', null)] })).toEqual(['user_without_segment']));
});
