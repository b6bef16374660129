import type { Knex } from '../../platform/api/host.ts';
import type { Root } from './rules/match-rules.ts';

const ATTACHMENTS = 'crm_attachments';

interface Carrier {
  id: string;
  file: string;
  customer: string | null;
  lead: string | null;
  opportunity: string | null;
  contract: string | null;
  order: string | null;
}

const keyOf = (root: Root, id: string): string => `${root}/${id}`;

/** The root that a row with a file hangs on, by way of a lead, an opportunity, a contract or an order. */
async function rootOf(database: Knex, { id, customer, lead, opportunity, contract, order }: Carrier): Promise<string> {
  if (customer) return keyOf('crm_customers', customer);
  const above: [string, string | null][] = [
    ['crm_leads', lead],
    ['crm_opportunities', opportunity],
    ['crm_contracts', contract],
    ['crm_orders', order],
  ];
  for (const [collection, key] of above) {
    if (!key) continue;
    const row = await database(collection).where({ id: key }).first('customer');
    return row?.customer ? keyOf('crm_customers', row.customer) : keyOf('crm_leads', key);
  }
  return keyOf(ATTACHMENTS, id);
}

/**
 * Roots that carry a file together with others which would go to somebody else: a file cannot be in two places, so they stay.
 *
 * @param destinationOf who gets a root; absent: it stays.
 */
export async function splitByFiles(database: Knex, owner: string, destinationOf: ReadonlyMap<string, string>): Promise<Set<string>> {
  const shared = database(ATTACHMENTS).where({ owner }).whereNotNull('file').groupBy('file').havingRaw('count(*) > 1').select('file');
  const carriers: Carrier[] = await database(ATTACHMENTS).whereIn('file', shared).orderBy('id');
  const stays = new Set<string>();
  for (const together of Map.groupBy(carriers, ({ file }) => file).values()) {
    const roots: string[] = [];
    for (const carrier of together) roots.push(await rootOf(database, carrier));
    if (new Set(roots.map((root) => destinationOf.get(root))).size > 1) for (const root of roots) stays.add(root);
  }
  return stays;
}

export { keyOf as rootKey };
