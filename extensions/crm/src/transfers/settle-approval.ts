import { approvalOf, decideApproval } from '../approvals/index.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import type { TransferPorts } from './ports.ts';
import { transferRefusal } from './refuse.ts';
import { TRANSFERS, type TransferRow } from './transfer-row.ts';

/**
 * Group marketing that executes what still waits for its approval approves it by that, in the same transaction (ORG-3). The engine
 * says whether it may: never for the own request, and where a rule asks others too, they come first.
 */
export async function settleApproval(database: Knex, ports: TransferPorts, { id }: TransferRow, actor: Actor): Promise<void> {
  const approval = await approvalOf(database, { kind: 'segment_transfer', collection: TRANSFERS, item: id, state: 'pending' });
  if (approval)
    await decideApproval(database, ports.approvals, actor, approval.id, { decision: 'approve', comment: null, version: approval.version });
  const { state } = await database(TRANSFERS).where({ id }).first('state');
  if (state !== 'approved') throw transferRefusal('approval_pending', actor.language);
}
