import type { Knex } from '../../platform/api/host.ts';

/** Signed orders of an opportunity: those that stand. */
const signedOrders = (database: Knex, opportunity: string) =>
  database('crm_orders').where({ opportunity }).whereNotNull('signed_on').whereNot({ status: 'cancelled' });

/** Signed contracts: a draft or a cancelled one is none, whatever day stands in it. */
const signedContracts = (database: Knex, opportunity: string) =>
  database('crm_contracts').where({ opportunity }).whereNotNull('signed_on').whereIn('status', ['signed', 'ended']);

/**
 * Whether an opportunity has an order or a contract that is signed (SAL-7).
 *
 * @param pending whether orders of an import that is still to be accepted count: they win nothing, and take nothing away.
 */
export async function hasSigned(database: Knex, opportunity: string, { pending = false } = {}): Promise<boolean> {
  const orders = signedOrders(database, opportunity);
  const found =
    (await (pending ? orders : orders.whereNull('pending_import')).first('id')) ??
    (await signedContracts(database, opportunity).first('id'));
  return Boolean(found);
}
