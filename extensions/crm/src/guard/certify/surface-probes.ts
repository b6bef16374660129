import type { Probe, Request, Threat } from './probe.ts';

const shut = (path: string, threat: Threat, method: Request['method'], url: string, body?: unknown): Probe => ({
  path,
  threat,
  method,
  url,
  ...(body === undefined ? {} : { body }),
  verb: 'read',
  collection: 'host',
  expect: 'shut',
});

const denied = (path: string, threat: Threat, url: string): Probe => ({
  path,
  threat,
  method: 'GET',
  url,
  verb: 'read',
  collection: 'host',
  expect: 'denied',
});

/** Doors of the host that nobody of the CRM needs, each a way around the rules (facts §3, §11). */
export const SHUT_DOORS: readonly Probe[] = [
  shut('utils.hash.generate', 'P10', 'POST', '/utils/hash/generate', { string: 'certificate' }),
  shut('utils.hash.verify', 'P10', 'POST', '/utils/hash/verify', { string: 'certificate', hash: '$argon2id$v=19$m=65536,t=3,p=4$x$x' }),
  shut('server.specs.oas', 'P10', 'GET', '/server/specs/oas'),
  shut('graphql.introspection', 'P3', 'POST', '/graphql', { query: '{ __schema { types { name } } }' }),
  shut('metrics', 'P10', 'GET', '/metrics'),
  shut('mcp', 'P10', 'POST', '/mcp', { jsonrpc: '2.0', id: 1, method: 'tools/list' }),
  shut('ai.chat', 'P10', 'POST', '/ai/chat', { messages: [] }),
  shut('files.tus', 'P10', 'POST', '/files/tus'),
  shut('files.import', 'P10', 'POST', '/files/import', { url: 'http://127.0.0.1:1/x.png' }),
  shut('utils.import', 'P4', 'POST', '/utils/import/crm_customers'),
  shut('schema.snapshot', 'P7', 'GET', '/schema/snapshot'),
  shut('utils.revert', 'P6', 'POST', '/utils/revert/1'),
  ...['/websocket', '/graphql', '/websocket/logs'].map((url): Probe => ({
    ...shut(`socket${url.replaceAll('/', '.')}`, 'P5', 'GET', url),
    upgrade: true,
  })),
];

/** In a Directus of others these stay as its owner has them for strangers (design 3: reported, not changed). */
export const HOST_DOORS: ReadonlySet<string> = new Set([
  'utils.hash.generate',
  'utils.hash.verify',
  'server.specs.oas',
  'graphql.introspection',
  'metrics',
]);

/** What shows rights, other people's settings or the inside of the CRM: for system admins, or for nobody. */
export const INNER_DOORS: readonly Probe[] = [
  denied('crm.doctor', 'P8', '/crm/doctor'),
  { ...denied('crm.certificates', 'P8', '/crm/certificates/last'), control: { method: 'GET', url: '/crm/doctor' } },
  denied('crm.field_grants', 'P8', '/crm/field-grants'),
  denied('items.field_grants', 'P7', '/items/crm_field_grants'),
];

/** The host's own tables of rights and settings: no role of ours reads them. */
export const CLOSED_TABLES: readonly Probe[] = [
  ...['policies', 'access', 'flows', 'operations', 'webhooks', 'extensions', 'items/crm_install_state'].map((table) =>
    shut(`tables.${table.replace('/', '.')}`, 'P7', 'GET', `/${table}?limit=1&fields=*`),
  ),
];
