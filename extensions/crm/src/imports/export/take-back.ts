import { approvalOf, withdrawApproval } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { endAsked, EXPORT_OVER_LIMIT } from './approval-kind.ts';
import { EXPORTS, type ExportRow } from './export-row.ts';
import type { ExportPorts } from './make-export.ts';

/** The approvals that these exports needed, by export. */
export async function approvalsOf(database: Knex, rows: readonly ExportRow[]): Promise<Map<string, string>> {
  const asked = rows.filter(({ approved_rows }) => approved_rows !== null).map(({ id }) => id);
  if (!asked.length) return new Map();
  const found: { id: string; item: string }[] = await database('crm_approvals')
    .where({ kind: EXPORT_OVER_LIMIT, collection: EXPORTS })
    .whereIn('item', asked)
    .select('id', 'item');
  return new Map(found.map(({ id, item }) => [item, id]));
}

/** Whoever asked takes it back, as long as it was not begun; false where there is nothing to take back. */
export async function takeBack(
  { context: { database }, approvals }: ExportPorts,
  actor: Actor,
  { id, status }: ExportRow,
): Promise<boolean> {
  if (status === 'approved') {
    await database.transaction((transaction) => endAsked(transaction, id, { from: 'approved', to: 'stopped' }));
    return true;
  }
  const waiting =
    status === 'asked' ? await approvalOf(database, { kind: EXPORT_OVER_LIMIT, collection: EXPORTS, item: id, state: 'pending' }) : null;
  if (waiting) await withdrawApproval(database, approvals, actor, { id: waiting.id, comment: null });
  return waiting !== null;
}
