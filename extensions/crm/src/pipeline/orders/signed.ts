import type { Knex } from '../../platform/api/host.ts';

/** Signed orders of an opportunity: those that stand, and none of an import that is still to be accepted. */
const signedOrders = (database: Knex, opportunity: string) =>
  database('crm_orders').where({ opportunity }).whereNotNull('signed_on').whereNot({ status: 'cancelled' }).whereNull('pending_import');

/** Signed contracts: a draft or a cancelled one is none, whatever day stands in it. */
const signedContracts = (database: Knex, opportunity: string) =>
  database('crm_contracts').where({ opportunity }).whereNotNull('signed_on').whereIn('status', ['signed', 'ended']);

/** Whether an opportunity has an order or a contract that is signed (SAL-7). */
export async function hasSigned(database: Knex, opportunity: string): Promise<boolean> {
  const found = (await signedOrders(database, opportunity).first('id')) ?? (await signedContracts(database, opportunity).first('id'));
  return Boolean(found);
}
