import type { Actor } from '../platform/api/actor.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import { toStoredDay } from '../platform/api/stored-day.ts';
import { colleaguesFor } from './colleagues.ts';
import { limitOf } from './find-way.ts';
import { note } from './history.ts';
import { holdApproval } from './hold.ts';
import type { ApprovalKind, ApprovalPorts, ApprovalRow } from './kinds.ts';
import { KIND_NAMES, STATE_NAMES } from './locale/words.ts';
import { approvalRefusal } from './refuse.ts';
import { decidersOf, stepAfter } from './rules/deciders.ts';
import { requireStanding, waitingOf, type Standing } from './standing.ts';
import { tell } from './tell.ts';
import { dueDay } from './time-limit.ts';
import { voidOne } from './void.ts';

export interface Verdict {
  decision: 'approve' | 'reject';
  comment: string | null;
  /** The version that the person saw. */
  version: number;
}

interface Deciding {
  database: Knex;
  ports: ApprovalPorts;
  actor: Actor;
  kind: ApprovalKind;
}

/** Refuses what is over, in the words of what it came to. */
export function refuseEnded({ state }: ApprovalRow, { language }: Actor): void {
  if (state !== 'pending') throw approvalRefusal('not_pending', language, { state: say(STATE_NAMES[state], language) });
}

export function kindOf({ kinds }: ApprovalPorts, { kind }: Pick<ApprovalRow, 'kind'>): ApprovalKind {
  const found = kinds.find((one) => one.kind === kind);
  if (!found) throw new Error(`approvals: nobody has brought the kind ${kind}`);
  return found;
}

/** Writes what became of a request, and gives it back as it now stands. */
export async function settle(
  { database, ports, actor }: Pick<Deciding, 'database' | 'ports' | 'actor'>,
  approval: ApprovalRow,
  values: Partial<ApprovalRow>,
): Promise<ApprovalRow> {
  const now = ports.clock.now();
  const ended = values.state ? { decided_at: now, decided_by: actor.user } : {};
  const { due_on: due, ...rest } = values;
  const stored: Row = { ...rest, ...ended, ...(due ? { due_on: toStoredDay(database, due) } : {}), version: approval.version + 1 };
  await updateLogged(database, 'crm_approvals', (rows) => rows.where({ id: approval.id, state: 'pending' }), {
    ...stored,
    ...{ date_updated: now, user_updated: actor.user },
  });
  const decided = values.state ? { decided_at: now.toISOString(), decided_by: actor.user } : {};
  return { ...approval, ...values, ...decided, version: approval.version + 1 };
}

/** Hands the request on to its next step, with that step's own time limit; where nobody is there either, nothing changes. */
async function handOn(deciding: Deciding, { approval, way }: Standing, step: number): Promise<ApprovalRow> {
  const { database, ports, actor } = deciding;
  const due = await dueDay(database, ports.clock, approval.segment, await limitOf(database, approval.rule));
  const next = await settle(deciding, approval, { step, due_on: due, escalated_at: null });
  const { level, deciders } = decidersOf(waitingOf(next), way, await colleaguesFor(database, [next.segment], [way]));
  if (level === 'nobody') throw approvalRefusal('nobody_decides', actor.language, { kind: say(KIND_NAMES[next.kind], actor.language) });
  if (level !== 'step') await note(database, next, { decision: 'rerouted', at: ports.clock.now(), by: null });
  const people = deciders.map(({ user }) => user);
  await tell(database, people, 'waiting', next);
  return next;
}

/** What the decision brings about. */
async function carryOut(deciding: Deciding, standing: Standing, { decision, comment }: Verdict): Promise<ApprovalRow> {
  const { database, ports, actor, kind } = deciding;
  const { approval, way, deciders } = standing;
  const actingFor = deciders.find(({ user }) => user === actor.user)!.actingFor;
  const word = decision === 'approve' ? 'approved' : 'rejected';
  await note(database, approval, { decision: word, at: ports.clock.now(), by: actor.user, actingFor, comment });
  const step = word === 'approved' ? stepAfter(way, approval.step) : null;
  if (step !== null) return handOn(deciding, standing, step);
  const settled = await settle(deciding, approval, { state: word });
  await tell(database, [approval.requested_by], word, approval);
  await (word === 'approved' ? kind.approved(database, settled, actor) : kind.rejected?.(database, settled, actor));
  return settled;
}

/**
 * One person decides (APR-1, F8): never the own request, only what still is as it was shown, and only once. All of it stands
 * or falls together; where the record is no longer what was asked about, the request is void instead.
 */
export async function decideApproval(
  database: Knex,
  ports: ApprovalPorts,
  actor: Actor,
  id: string,
  verdict: Verdict,
): Promise<Pick<ApprovalRow, 'id' | 'state' | 'version'>> {
  const refuse = (reason: Parameters<typeof approvalRefusal>[0]) => approvalRefusal(reason, actor.language);
  const decided = await database.transaction(async (transaction) => {
    const { approval: asked } = await requireStanding(transaction, actor, id);
    const stands = await holdApproval(transaction, asked);
    const standing = await requireStanding(transaction, actor, id);
    const { approval, deciders } = standing;
    refuseEnded(approval, actor);
    if (approval.requested_by === actor.user) throw refuse('four_eyes');
    if (!deciders.some(({ user }) => user === actor.user)) throw refuse('not_approver');
    if (approval.version !== verdict.version) throw refuse('stale');
    if (verdict.decision === 'reject' && !verdict.comment) throw refuse('comment_required');
    const deciding: Deciding = { database: transaction, ports, actor, kind: kindOf(ports, approval) };
    if (!stands || (await deciding.kind.fingerprint(transaction, approval)) !== approval.asked['state']) {
      await voidOne(transaction, ports.clock, approval);
      await deciding.kind.withdrawn?.(transaction, { ...approval, state: 'void' }, null);
      return null;
    }
    return carryOut(deciding, standing, verdict);
  });
  if (!decided) throw refuse('subject_changed');
  const { state, version } = decided;
  return { id: decided.id, state, version };
}
