import { updateLogged } from '../platform/api/change-log.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Knex } from '../platform/api/host.ts';
import { note } from './history.ts';
import { toApproval, type ApprovalRow } from './kinds.ts';
import { tell } from './tell.ts';

/** Ends a request whose subject is no longer what was asked about, with its history and a note to whoever asked. */
export async function voidOne(database: Knex, clock: Clock, approval: ApprovalRow): Promise<void> {
  const now = clock.now();
  await updateLogged(database, 'crm_approvals', (rows) => rows.where({ id: approval.id, state: 'pending' }), {
    ...{ state: 'void', version: approval.version + 1, decided_at: now, date_updated: now },
  });
  await note(database, approval, { decision: 'voided', at: now, by: null });
  await tell(database, [approval.requested_by], 'void', approval);
}

/**
 * Makes what waits for a record void: the record is gone, was transferred, or is no longer what was asked about (APR-1).
 * The caller has changed the record in the same transaction and says to its own rows what that means.
 *
 * @returns how many requests that were.
 */
export async function voidApprovals(
  database: Knex,
  clock: Clock,
  { collection, item, kind }: Pick<ApprovalRow, 'collection' | 'item'> & { kind?: ApprovalRow['kind'] },
): Promise<number> {
  const waiting = await database('crm_approvals')
    .where({ collection, item, state: 'pending', ...(kind ? { kind } : {}) })
    .orderBy('id')
    .forUpdate();
  for (const row of waiting) await voidOne(database, clock, toApproval(row));
  return waiting.length;
}
