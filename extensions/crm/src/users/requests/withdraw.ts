import { voidApprovals } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach } from '../../segments/index.ts';
import { inTurn } from '../freeze/in-turn.ts';
import type { WithdrawAnswer } from './contract.ts';
import { formIsGone } from './early-form.ts';
import { freezeIsOff, holdWaiting } from './form-of-freeze.ts';
import type { RequestPorts } from './ports.ts';
import { requestRefusal } from './refuse.ts';
import { OPEN_STATES, REQUESTS, type RequestRow } from './request-row.ts';

/** Whoever filed a form takes it back while nothing has come of it; group marketing does so for others (ACC-8). */
export const withdrawRequest = ({ context, clock }: RequestPorts, actor: Actor, id: string): Promise<WithdrawAnswer> =>
  inTurn(context.database, actor.language, async (database) => {
    await holdWaiting(database, id);
    const row: RequestRow | undefined = await database(REQUESTS).where({ id }).forUpdate().first();
    if (!row || actor.role === 'sales_rep' || !mayReach(actor, row)) throw forbidden();
    if (row.requested_by !== actor.user && actor.role !== 'system_admin') throw forbidden();
    if (!OPEN_STATES.includes(row.state)) throw requestRefusal('not_withdrawable', actor.language);
    await updateLogged(database, REQUESTS, (rows) => rows.where({ id }), {
      ...{ state: 'withdrawn', date_updated: clock.now(), user_updated: actor.user },
    });
    await formIsGone(database, id);
    await freezeIsOff(database, clock, id, actor.user);
    await voidApprovals(database, clock, { collection: REQUESTS, item: id });
    return { id, state: 'withdrawn' };
  });
