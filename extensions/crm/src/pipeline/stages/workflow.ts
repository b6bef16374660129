import type { Actor } from '../../platform/api/actor.ts';
import type { Accountability, HostContext, SchemaOverview } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import type { Moved } from '../contract.ts';
import type { PipelinePorts } from '../ports.ts';
import { movesOpportunities, requireOpportunity } from '../reach.ts';
import { stageSetOf, stagesOf, type Stage } from '../rules/stage-set.ts';
import { idOf, refuseConflict } from './judge-move.ts';
import { loadStages } from './load-stages.ts';
import { asMove, type Move } from './move.ts';
import { moveRefusal } from './refuse.ts';

export interface StagePorts extends PipelinePorts {
  context: HostContext;
}

/** Who asks, in the host's terms too: the write runs with the caller's own rights. */
export interface Asking {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  /** The opportunity. */
  item: string;
}

/** The stage behind a key or an id: the one that holds in the segment, else any that has this name. */
function findStage(stages: readonly Stage[], segment: string, named: string, { language }: Actor): Stage {
  const held = stagesOf(stageSetOf(stages, segment));
  const isIt = ({ id, key }: Stage) => id === named.toLowerCase() || key === named;
  const ofSegment = stages.filter((stage) => stage.segment === null || stage.segment === segment);
  const found = held.find(isIt) ?? ofSegment.find(isIt);
  if (found) return found;
  throw moveRefusal('unknown_stage', language, { stage: named, stages: held.map(({ key }) => key).join(', ') });
}

const LAST = [
  { column: 'changed_at', order: 'desc' },
  { column: 'id', order: 'desc' },
];

/** Writes through the host, so that rights, sealing, the guard, the gate and the audit are those of any other write. */
async function write({ context }: StagePorts, { accountability, schema, item }: Asking, move: Move, row: object): Promise<void> {
  const items = new context.services.ItemsService('crm_opportunities', { accountability, schema });
  await asMove(move, () => items.updateOne(item, row as never));
}

export interface Wish {
  stage: string;
  fields?: Record<string, unknown> | undefined;
  reason?: string | null | undefined;
  from?: string | null | undefined;
}

/** Moves an opportunity to a stage, with the fields that the stage asks for (SAL-2, SAL-3, F36). */
export async function moveToStage(ports: StagePorts, asking: Asking, wish: Wish): Promise<Moved> {
  const { database } = ports.context;
  const { actor } = asking;
  const row = await requireOpportunity(database, actor, asking.item);
  if (!movesOpportunities(actor)) throw forbidden();
  const stages = await loadStages(database);
  const segment = String(row['segment']);
  const target = findStage(stages, segment, wish.stage, actor);
  const from = wish.from ? findSeen(stages, row, wish.from, actor) : null;
  const move: Move = { opportunity: row.id, from, reverses: null, change: null };
  refuseConflict(ports, stages, idOf(row['stage']), { move, language: actor.language });
  await write(ports, asking, move, { ...wish.fields, stage: target.id, ...(wish.reason ? { stage_reason: wish.reason } : {}) });
  return answer(row.id, target, move);
}

/** The stage that the caller saw may be one that is no longer in use; what there is none of, it cannot stand in. */
function findSeen(stages: readonly Stage[], row: Record<string, unknown>, named: string, actor: Actor): string {
  const current = stages.find(({ id }) => id === idOf(row['stage']));
  if (current && (current.key === named || current.id === named.toLowerCase())) return current.id;
  return findStage(stages, String(row['segment']), named, actor).id;
}

const answer = (id: string, { id: stage, key, name }: Stage, { change }: Move): Moved => ({
  id,
  stage: { id: stage, key, name },
  change: change ? { id: change } : null,
});

const UNDO_MS = 10_000;

/** Takes the caller's own last move back, while it is still fresh; the history keeps both (SAL-3). */
export async function undoMove(ports: StagePorts, asking: Asking, change: string): Promise<Moved> {
  const { database } = ports.context;
  const { actor } = asking;
  const row = await requireOpportunity(database, actor, asking.item);
  if (!movesOpportunities(actor)) throw forbidden();
  const last = await database('crm_stage_changes').where({ opportunity: row.id }).orderBy(LAST).first();
  const age = last ? ports.clock.now().getTime() - new Date(last.changed_at).getTime() : Infinity;
  const isOwn = last?.id === change.toLowerCase() && last.changed_by === actor.user && last.from_stage && last.kind !== 'reversal';
  if (!isOwn || age > UNDO_MS) throw moveRefusal('undo_late', actor.language);
  const target = (await loadStages(database)).find(({ id }) => id === last.from_stage)!;
  const move: Move = { opportunity: row.id, from: last.to_stage, reverses: last.id, change: null };
  await write(ports, asking, move, { stage: target.id });
  return answer(row.id, target, move);
}
