import { approvalOf } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Accountability, Knex } from '../../platform/api/host.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { inTurn } from '../freeze/in-turn.ts';
import { fingerprint } from './approval-kind.ts';
import { CARRY_OUT } from './carry-out.ts';
import type { ExecuteAnswer, ExecuteRequest } from './contract.ts';
import { waitingForms } from './form-of-freeze.ts';
import { invite } from './invite.ts';
import type { RequestPorts } from './ports.ts';
import { requestRefusal } from './refuse.ts';
import { REQUEST_KIND, REQUESTS, toRequest, type RequestRow } from './request-row.ts';
import { tell } from './tell.ts';

interface Execution {
  actor: Actor;
  accountability: Accountability;
  id: string;
  wish: ExecuteRequest;
}

/** Whether the form may be carried out now: approved, not yet done, and about the same person in the same post. */
export async function refusalOf(database: Knex, row: RequestRow): Promise<Parameters<typeof requestRefusal>[0] | null> {
  if (row.state === 'executed') return 'already_executed';
  if (row.state === 'requested') return 'not_approved';
  if (row.state !== 'approved') return 'is_over';
  if ((await waitingForms(database, [row.id])).size) return 'freeze_waits';
  const approval = await approvalOf(database, { kind: REQUEST_KIND, collection: REQUESTS, item: row.id, state: 'approved' });
  return approval?.asked['state'] === (await fingerprint(database, row)) ? null : 'subject_changed';
}

/** One transaction with its entries in the log: once, and whole or not at all. */
const carryOut = (ports: RequestPorts, { actor, accountability, id, wish }: Execution): Promise<ExecuteAnswer> =>
  inTurn(ports.context.database, actor.language, async (database) => {
    const found: RequestRow | undefined = await database(REQUESTS).where({ id }).forUpdate().first();
    if (!found) throw forbidden();
    const row = toRequest(found);
    const fault = await refusalOf(database, row);
    if (fault) throw requestRefusal(fault, actor.language);
    const outcome = await withOrigin({ reason: row.reason }, () =>
      CARRY_OUT[row.kind]({ database, ports, actor, accountability, row, wish }),
    );
    // The freeze of a system admin is only asked for: the form ends with what an executive decides (Q5).
    if (outcome.freeze?.state === 'pending') return { id, kind: row.kind, state: 'approved', executed_at: null, ...outcome };
    const now = ports.clock.now();
    await updateLogged(database, REQUESTS, (rows) => rows.where({ id, state: 'approved' }), {
      ...{ state: 'executed', executed_by: actor.user, executed_at: now, date_updated: now, user_updated: actor.user },
    });
    await tell(database, [row.requested_by === actor.user ? null : row.requested_by], 'executed');
    return { id, kind: row.kind, state: 'executed', executed_at: now.toISOString(), ...outcome };
  });

/**
 * A system admin carries out what was approved (ACC-8). Somebody new is invited by mail once it stands; where mail does not go out
 * the executor hands the link over.
 */
export async function executeForm(ports: RequestPorts, execution: Execution): Promise<ExecuteAnswer> {
  const done = await carryOut(ports, execution);
  if (!done.first_link || !done.user) return done;
  const mailed = await invite(ports.context, { user: done.user, ...done.first_link });
  return { ...done, first_link: { ...done.first_link, mailed } };
}
