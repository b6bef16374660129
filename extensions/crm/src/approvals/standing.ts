import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { colleaguesFor } from './colleagues.ts';
import { waysOf } from './find-way.ts';
import { personOf, toApproval, type ApprovalRow } from './kinds.ts';
import { decidersOf, type Deciders, type Way } from './rules/deciders.ts';
import { maySee } from './rules/sight.ts';

/** A request with those who may decide it at this moment. */
export interface Standing extends Deciders {
  approval: ApprovalRow;
  way: Way;
}

const DECIDED: Deciders = { level: 'nobody', deciders: [] };

export const waitingOf = ({ segment, requested_by, step, escalated_at, asked }: ApprovalRow) => ({
  ...{ segment, requestedBy: requested_by, about: personOf({ asked }), step, escalated: escalated_at !== null },
});

/** Where these requests stand. */
export async function standingsOf(database: Knex, approvals: readonly ApprovalRow[]): Promise<Standing[]> {
  const pending = approvals.filter(({ state }) => state === 'pending');
  const wayOf = await waysOf(
    database,
    approvals.map(({ rule }) => rule),
  );
  const segments = [...new Set(pending.map(({ segment }) => segment))];
  const ways = [...new Set(pending.map(({ rule }) => rule))].map(wayOf);
  const colleagues = pending.length ? await colleaguesFor(database, segments, ways) : [];
  return approvals.map((approval) => {
    const way = wayOf(approval.rule);
    return { approval, way, ...(approval.state === 'pending' ? decidersOf(waitingOf(approval), way, colleagues) : DECIDED) };
  });
}

export const mayDecide = ({ deciders }: Deciders, { user }: Pick<Actor, 'user'>): boolean => deciders.some((one) => one.user === user);

/** A request that the caller may see: by the row rules, as the one who asked about a record of nobody, or as one who decides it now. Else as absent. */
export async function requireStanding(database: Knex, actor: Actor, id: string): Promise<Standing> {
  const row = isUuid(id) ? await database('crm_approvals').where({ id }).first() : null;
  if (!row) throw forbidden();
  const [standing] = await standingsOf(database, [toApproval(row)]);
  const { segment, owner, requested_by: requestedBy, customer, opportunity, lead } = standing!.approval;
  const standsAlone = !(customer ?? opportunity ?? lead);
  if (!mayDecide(standing!, actor) && !maySee(actor, { segment, owner, requestedBy, standsAlone })) throw forbidden();
  return standing!;
}
