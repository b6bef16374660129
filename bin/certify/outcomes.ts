import type { Outcome } from '../../extensions/crm/src/guard/certify/certificate.ts';
import { generateProbes } from '../../extensions/crm/src/guard/certify/generate-probes.ts';
import type { ProbeRow } from '../../extensions/crm/src/guard/certify/probe.ts';
import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { Asker } from './ask.ts';
import type { Planted } from './plant.ts';

/** What the doctor of the instance reports. */
export interface Finding {
  kind: string;
  level: string;
  path: string;
  text: string;
}

/** The ways that a stored rule opens, each by name: while the doctor keeps the CRM shut they cannot be walked. */
export function outcomesOf(findings: readonly Finding[]): Outcome[] {
  return findings.flatMap(({ kind, path, text }): Outcome[] => {
    const [role = '', collection = '', action = ''] = path.split('.');
    const verb = (['read', 'create', 'update', 'delete'] as const).find((known) => known === action);
    const why = `${kind}: ${text}`;
    const rule: Outcome = {
      role,
      collection: COLLECTIONS[collection] ? collection : 'rights',
      path: `stored.${path}`,
      verb: verb ?? 'read',
      verdict: 'leak',
      why,
    };
    if (!COLLECTIONS[collection] || !verb) return [rule];
    const row: ProbeRow = { collection, id: '00000000-0000-4000-8000-000000000000', values: {}, links: [], beside: [] };
    const ways = generateProbes({ row, hidden: true, fixed: true, expendable: true }).filter((probe) => probe.verb === verb);
    return [rule, ...ways.map((probe): Outcome => ({ role, collection, path: probe.path, verb, verdict: 'leak', why }))];
  });
}

/** Rows still as they were planted: a write that was refused in words but done in fact is a leak. */
export async function aftermath(admin: Asker, rows: readonly Planted[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const { collection, id, values, ours } of rows) {
    if (!ours) continue;
    const found = await admin.get<Record<string, unknown>>(`/items/${collection}/${id}`).catch(() => null);
    const kept = found !== null && Object.entries(values).every(([field, value]) => found[field] === value);
    outcomes.push({
      role: 'all',
      collection,
      path: 'aftermath.unchanged',
      verb: 'update',
      verdict: kept ? 'held' : 'leak',
      ...(kept ? {} : { why: 'a planted row was changed or deleted' }),
    });
  }
  return outcomes;
}
