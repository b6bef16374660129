import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { kindOf, refuseEnded, settle } from './decide.ts';
import { note } from './history.ts';
import { holdApproval } from './hold.ts';
import type { ApprovalPorts } from './kinds.ts';
import { approvalRefusal } from './refuse.ts';
import { requireStanding } from './standing.ts';
import { tell } from './tell.ts';

/** Takes a request back: whoever asked, while it waits (APR-1). */
export async function withdrawApproval(
  database: Knex,
  ports: ApprovalPorts,
  actor: Actor,
  { id, comment }: { id: string; comment: string | null },
): Promise<void> {
  await database.transaction(async (transaction) => {
    await holdApproval(transaction, (await requireStanding(transaction, actor, id)).approval);
    const { approval } = await requireStanding(transaction, actor, id);
    if (approval.requested_by !== actor.user) throw approvalRefusal('not_requester', actor.language);
    refuseEnded(approval, actor);
    await note(transaction, approval, { decision: 'withdrawn', at: ports.clock.now(), by: actor.user, comment });
    const settled = await settle({ database: transaction, ports, actor }, approval, { state: 'withdrawn' });
    await kindOf(ports, approval).withdrawn?.(transaction, settled, actor);
  });
}

/** Says something about a request that one sees; the other side is told. */
export async function commentApproval(
  database: Knex,
  { clock }: Pick<ApprovalPorts, 'clock'>,
  actor: Actor,
  { id, comment }: { id: string; comment: string },
): Promise<void> {
  await database.transaction(async (transaction) => {
    // What moves meanwhile takes its words along, or is waited for: then whoever sees it there says something (ORG-3).
    await holdApproval(transaction, (await requireStanding(transaction, actor, id)).approval);
    const { approval, deciders } = await requireStanding(transaction, actor, id);
    await note(transaction, approval, { decision: 'commented', at: clock.now(), by: actor.user, comment });
    const others = approval.requested_by === actor.user ? deciders.map(({ user }) => user) : [approval.requested_by];
    await tell(transaction, others, 'commented', approval);
  });
}
