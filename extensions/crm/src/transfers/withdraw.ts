import { voidApprovals } from '../approvals/index.ts';
import type { Actor } from '../platform/api/actor.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { mayReach } from '../segments/index.ts';
import type { WithdrawAnswer } from './contract.ts';
import { yielding, type ExecutePorts } from './execute.ts';
import { transferRefusal } from './refuse.ts';
import { holdCustomer } from './request.ts';
import { OPEN_STATES, TRANSFERS, type TransferRow } from './transfer-row.ts';

/** Whoever asked takes it back while nothing has come of it; what waits for approval with it ends too. */
export async function withdrawTransfer(ports: ExecutePorts, actor: Actor, id: string): Promise<WithdrawAnswer> {
  await yielding(ports, actor, async (transaction) => {
    const found: TransferRow | undefined = await transaction(TRANSFERS).where({ id }).first();
    if (found?.requested_by !== actor.user || !mayReach(actor, found)) throw forbidden();
    await holdCustomer(transaction, found.customer);
    const transfer: TransferRow = await transaction(TRANSFERS).where({ id }).forNoKeyUpdate().first();
    if (!mayReach(actor, transfer)) throw forbidden();
    if (!OPEN_STATES.includes(transfer.state)) throw transferRefusal('not_withdrawable', actor.language);
    await updateLogged(transaction, TRANSFERS, (rows) => rows.where({ id }), { state: 'withdrawn' });
    await voidApprovals(transaction, ports.clock, { collection: TRANSFERS, item: id });
  });
  return { id, state: 'withdrawn' };
}
