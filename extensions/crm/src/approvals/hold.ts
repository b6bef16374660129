import { COLLECTIONS } from '../kernel/collections.ts';
import type { Knex } from '../platform/api/host.ts';
import type { ApprovalRow } from './kinds.ts';

type Subject = Pick<ApprovalRow, 'id' | 'customer' | 'opportunity' | 'lead' | 'collection' | 'item'>;

/**
 * Holds a request and what it is about until the end of the transaction, in the order of every write: customer, then lead or
 * opportunity, then the rest. So two clicks come one after the other, and the record is the one that was judged (F8).
 *
 * @returns whether the record is still there.
 */
export async function holdApproval(database: Knex, { id, customer, opportunity, lead, collection, item }: Subject): Promise<boolean> {
  const [above, key] = opportunity ? ['crm_opportunities', opportunity] : ['crm_leads', lead];
  const root = customer ?? (key ? (await database(above).where({ id: key }).first('customer'))?.customer : null);
  const hold = (table: string, one: string) => database(table).where({ id: one }).forNoKeyUpdate().first('id');
  if (root) await hold('crm_customers', root);
  if (key) await hold(above, key);
  const subject = collection in COLLECTIONS ? await hold(collection, item) : undefined;
  await database('crm_approvals').where({ id }).forUpdate().first('id');
  return Boolean(subject);
}
