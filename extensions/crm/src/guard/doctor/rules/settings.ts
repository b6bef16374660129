import { finding, type Finding } from './finding.ts';

export const HOST_VERSION = '11.17.4';

type Env = Readonly<Record<string, unknown>>;

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.join(',') : ['string', 'number', 'boolean'].includes(typeof value) ? (value as string) : '';

const isOn = (value: unknown) => value === true || value === 1 || value === 'true' || value === '1';
const isOff = (value: unknown) => !isOn(value);
const isOffOrAbsent = (value: unknown) => value === undefined || value === null || value === '' || isOff(value);
const atMost = (limit: number) => (value: unknown) => value !== undefined && Number(value) > 0 && Number(value) <= limit;
const listed = (value: unknown) => {
  const list = textOf(value).split(',');
  return list.every((entry) => entry.trim() !== '' && !entry.includes('*/*'));
};

const UNIT_DAYS: Readonly<Record<string, number>> = { m: 1 / 1440, h: 1 / 24, d: 1, w: 7, y: 365.25 };
/** Days in a span as the host writes them (`190d`, `6w`, a number of milliseconds); what cannot be read is none. */
function daysOf(value: unknown): number {
  if (typeof value === 'number') return value / 86_400_000;
  const [, number, unit = ''] = /^\s*([\d.]+)\s*([a-z]*)\s*$/i.exec(textOf(value)) ?? [];
  if (!number) return 0;
  if (!unit) return Number(number) / 86_400_000;
  return Number(number) * (unit.toLowerCase().startsWith('mo') || /^m?s/i.test(unit) ? 0 : (UNIT_DAYS[unit[0]!.toLowerCase()] ?? 0));
}

/** 网络安全法 asks for six months of logs: what the host keeps of activity and revisions is pruned only when it is older. */
const keptLongEnough = (value: unknown, env: Env) => isOffOrAbsent(env['RETENTION_ENABLED']) || daysOf(value) >= 180;

interface SettingRule {
  name: string;
  wanted: string;
  holds: (value: unknown, env: Env) => boolean;
  /** Matters only where strangers can reach the server. */
  production?: boolean;
}

/** The host's settings that close holes of its own (directus-facts.md §3, §8, §11, §12). Reported, never changed here. */
const SETTINGS: readonly SettingRule[] = [
  { name: 'TELEMETRY', wanted: 'false', holds: (value) => value !== undefined && isOff(value) },
  { name: 'MCP_ENABLED', wanted: 'false', holds: (value) => value !== undefined && isOff(value) },
  { name: 'AI_ENABLED', wanted: 'false', holds: (value) => value !== undefined && isOff(value) },
  { name: 'WEBSOCKETS_ENABLED', wanted: 'false', holds: isOffOrAbsent },
  { name: 'GRAPHQL_INTROSPECTION', wanted: 'false', holds: (value) => value !== undefined && isOff(value) },
  { name: 'OPENAPI_ENABLED', wanted: 'false', holds: (value) => value !== undefined && isOff(value) },
  { name: 'TUS_ENABLED', wanted: 'false', holds: isOffOrAbsent },
  { name: 'METRICS_ENABLED', wanted: 'false', holds: isOffOrAbsent },
  { name: 'EXTENSIONS_MUST_LOAD', wanted: 'true', holds: isOn },
  { name: 'EXTENSIONS_AUTO_RELOAD', wanted: 'false', holds: isOffOrAbsent, production: true },
  { name: 'MARKETPLACE_TRUST', wanted: 'sandbox', holds: (value) => value === undefined || value === 'sandbox' },
  { name: 'IP_TRUST_PROXY', wanted: 'false | exact proxies', holds: (value) => value !== undefined && !isOn(value) },
  { name: 'QUERY_LIMIT_MAX', wanted: '≤ 1000', holds: atMost(1000) },
  { name: 'MAX_BATCH_MUTATION', wanted: '≤ 1000', holds: atMost(1000) },
  { name: 'GRAPHQL_QUERY_TOKEN_LIMIT', wanted: '≤ 5000', holds: (value) => value === undefined || atMost(5000)(value) },
  { name: 'FILES_MIME_TYPE_ALLOW_LIST', wanted: 'image/png,application/pdf,…', holds: listed },
  { name: 'IMPORT_IP_DENY_LIST', wanted: '0.0.0.0,127.0.0.1,169.254.169.254,…', holds: (value) => textOf(value).length > 0 },
  { name: 'RATE_LIMITER_ENABLED', wanted: 'true', holds: isOn, production: true },
  { name: 'RATE_LIMITER_GLOBAL_ENABLED', wanted: 'true', holds: isOn, production: true },
  { name: 'ACTIVITY_RETENTION', wanted: '≥ 180d', holds: keptLongEnough },
  { name: 'REVISIONS_RETENTION', wanted: '≥ 180d', holds: keptLongEnough },
  { name: 'SECRET', wanted: '≥ 32', holds: (value) => textOf(value).length >= 32 },
];

/** Settings whose value must never leave the server. */
const SECRETS = new Set(['SECRET']);

const shown = (name: string, value: unknown) => (SECRETS.has(name) ? '***' : value === undefined || value === '' ? '—' : textOf(value));

/** Compares the running host with what the CRM was proven on: its version, its cache, and the settings that close holes. */
export function checkSettings(env: Env, hostVersion: string, production: boolean): Finding[] {
  const findings: Finding[] = [];
  if (hostVersion !== HOST_VERSION) findings.push(finding('host_version', 'host.version', { found: hostVersion, wanted: HOST_VERSION }));
  if (isOn(env['CACHE_ENABLED'])) findings.push(finding('cache_enabled', 'settings.CACHE_ENABLED'));
  for (const { name, wanted, holds, production: onlyThere } of SETTINGS) {
    if ((onlyThere && !production) || holds(env[name], env)) continue;
    findings.push(finding('setting', `settings.${name}`, { name, wanted, found: shown(name, env[name]) }));
  }
  return findings;
}
