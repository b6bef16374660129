import { giveLead, holdLead, LEADS, loadsOf } from '../../pipeline/leads/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { voidWaiting } from '../carry-out.ts';
import type { ExecutePorts } from '../execute.ts';
import { moveOrRefuse } from '../move/move-or-refuse.ts';
import { logMove } from '../move/move-tree.ts';
import type { Move } from '../move/move.ts';
import { erasePersonal, passedFields, personalIn } from '../personal-data.ts';
import { tellMoved } from '../tell.ts';
import { decideGiving } from './decide-giving.ts';
import type { Giving } from './dispute-row.ts';

/**
 * Makes the claimant the owner of a lead that is of no customer yet, by the same guards as a transfer (PIPL art. 23, F8), and writes
 * down that it was given (SAL-9). The lead is held by the caller's transaction.
 */
export async function giveLeadOver(database: Knex, ports: ExecutePorts, judge: Actor, giving: Giving): Promise<void> {
  const { dispute, record, body } = giving;
  const whose = { lead: record.id };
  const move: Move = {
    root: LEADS,
    id: record.id,
    from: { segment: record.segment, owner: record.owner },
    to: { segment: dispute.segment, owner: dispute.owner },
    by: judge.user,
    at: ports.clock.now(),
  };
  const executed = await decideGiving(database, judge, giving, () => personalIn(database, whose));
  const lead = (await holdLead(database, record.id))!;
  const openLeads = (await loadsOf(database, [move.to.owner])).get(move.to.owner)!.open;
  await voidWaiting(database, ports, move);
  if (executed.erasesContacts) await erasePersonal(database, whose);
  await moveOrRefuse(database, move, judge);
  await changeLog().around(database, LEADS, [lead.id], () =>
    giveLead(
      database,
      ports.clock,
      { ...lead, segment: move.to.segment },
      { to: move.to.owner, by: judge.user, how: 'by_hand', reason: body.reason, openLeads },
    ),
  );
  await logMove(database, move, {
    reason: body.reason,
    facts: {
      ...{ dispute: dispute.id, basis: executed.basis },
      passed: executed.passesPersonal ? passedFields(whose) : [],
      erased: executed.erasesContacts ? passedFields(whose) : [],
    },
  });
  await tellMoved(database, { move, actor: judge, requestedBy: null });
}
