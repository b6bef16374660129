import type { Knex } from '../platform/api/host.ts';
import { toApproval, type ApprovalRow } from './kinds.ts';

/** The latest approval of a kind for a record, in any state or in this one. */
export async function approvalOf(
  database: Knex,
  { kind, collection, item, state }: Pick<ApprovalRow, 'kind' | 'collection' | 'item'> & { state?: ApprovalRow['state'] },
): Promise<ApprovalRow | null> {
  const row = await database('crm_approvals')
    .where({ kind, collection, item, ...(state ? { state } : {}) })
    .orderBy([
      { column: 'date_created', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .first();
  return row ? toApproval(row) : null;
}
