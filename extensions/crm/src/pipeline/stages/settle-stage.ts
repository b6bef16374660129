import { randomUUID } from 'node:crypto';
import { voidApprovals } from '../../approvals/index.ts';
import type { Language } from '../../platform/api/actor.ts';
import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import type { AfterWrite } from '../../platform/api/write-pipeline.ts';
import type { PipelinePorts } from '../ports.ts';
import { decideClosedOn } from '../rules/closed-on.ts';
import type { ChangeKind } from '../rules/stage-change.ts';
import type { Stage } from '../rules/stage-set.ts';
import { endBefore } from './end-before.ts';
import { judgeMove, reasonOf, refuseConflict } from './judge-move.ts';
import { lastEntrance } from './last-entrance.ts';
import { loadStages } from './load-stages.ts';
import { moveOf, type Move } from './move.ts';
import { moveRefusal } from './refuse.ts';

interface Entry {
  id: string;
  from_stage: string | null;
  to_stage: string | null;
  changed_at: unknown;
}

interface Standing {
  row: Row & { id: string };
  last: Entry | undefined;
  /** The stage in which it stood before this write; null: it is new, or nothing is known. */
  from: string | null;
  move: Move | null;
  language: Language;
}

const lastEntry = (database: Knex, opportunity: string): Promise<Entry | undefined> =>
  database('crm_stage_changes')
    .where({ opportunity })
    .orderBy('changed_at', 'desc')
    .first('id', 'from_stage', 'to_stage', 'changed_at') as never;

/**
 * The authority on an opportunity's stage, in the write's transaction and on every path (SAL-2, SAL-3, F36). The last entry
 * of the history says where it stood: the old row is gone by now (design.md 5). Its row is held by the write itself, so of
 * two moves at once the later one is judged from where the earlier one led.
 *
 * @param before the stage that was read just before the write, for an opportunity without a history.
 */
export async function settleStage(
  ports: PipelinePorts,
  { database, item, action, actor }: AfterWrite,
  before: string | null,
): Promise<void> {
  const row = await database('crm_opportunities').where({ id: item }).first();
  if (!row) return;
  const last = await lastEntry(database, item);
  const from = last?.to_stage ?? (action === 'create' ? null : before);
  const standing: Standing = { row, last, from, move: moveOf(item), language: actor?.language ?? 'zh-CN' };
  const stages = await loadStages(database);
  const moved = action === 'create' || (from !== null && from !== row.stage);
  if (!moved) refuseConflict(ports, stages, from, standing);
  const [stage, left] = [row.stage, from].map((one) => stages.find(({ id }) => id === one));
  if (standing.move?.reverses && stage?.outcome === 'lost') await restoreReason(database, standing.row);
  // Without a history nothing is known of an old row that is merely edited: it gets the entry with which every history begins.
  const kind = moved ? await judge(ports, database, standing) : last ? null : 'created';
  const isReopened = moved && left?.outcome === 'lost' && stage?.outcome !== 'lost';
  await keepMarks(ports, database, standing, { kind, stage, isReopened, by: actor?.user ?? null });
}

/** Whoever returns what was opened again by mistake returns the reason, too, for which it was lost. */
async function restoreReason(database: Knex, row: Standing['row']): Promise<void> {
  const reason = row['lost_reason'] ?? (await endBefore(database, row.id))?.lostReason ?? null;
  if (reason === row['lost_reason']) return;
  row['lost_reason'] = reason;
  await database('crm_opportunities').where({ id: row.id }).update({ lost_reason: reason });
}

function judge(ports: PipelinePorts, database: Knex, { row, last, from, move, language }: Standing): Promise<ChangeKind> {
  const reversal = Boolean(move?.reverses);
  if (reversal && (move?.reverses !== last?.id || last?.from_stage !== row['stage'])) throw moveRefusal('undo_late', language);
  return judgeMove(database, ports, { row, from, move, reversal, language, sales: true });
}

/**
 * The day on which it came into the stage to which it returns: of an end the one that the reopening took away, which the log of
 * that change knows. The history may know a later one: it begins anew in another segment, and with a table (ORG-3, IMP-1).
 */
async function enteredOn(database: Knex, row: Standing['row']): Promise<string | null> {
  const known = await endBefore(database, row.id);
  if (known) return known.closedOn;
  const entrance = await lastEntrance(database, row.id, String(row['stage']));
  return entrance ? dayIn(database, row['segment'], new Date(entrance.changed_at as string)) : null;
}

interface Entered {
  kind: ChangeKind | null;
  stage: Stage | undefined;
  /** Whether it was lost and is not any more: the next loss has a reason of its own. */
  isReopened: boolean;
  by: string | null;
}

/** Writes the history, and what the row itself says of its stage. */
async function keepMarks(
  { clock }: PipelinePorts,
  database: Knex,
  standing: Standing,
  { kind, stage, isReopened, by }: Entered,
): Promise<void> {
  const { row, last, move } = standing;
  const before = last ? new Date(last.changed_at as string) : null;
  const now = clock.now();
  // Two changes in one millisecond would have no order.
  const at = before && before >= now ? new Date(before.getTime() + 1) : now;
  if (kind) {
    const id = randomUUID();
    await database('crm_stage_changes').insert({ ...entryOf(standing, kind, stage), id, changed_at: at, changed_by: by });
    await changeLog().created(database, 'crm_stage_changes', [id]);
    if (move) move.change = id;
    // A discount that nobody decides any more: the deal is done, or it is lost.
    if (kind === 'closed') await voidApprovals(database, clock, { collection: 'crm_opportunities', item: row.id, kind: 'discount' });
  }
  const closedOn = fromStoredDay(row['closed_on']);
  const today = await dayIn(database, row['segment'], now);
  const closing = { outcome: stage?.outcome ?? 'open', closedOn, moved: kind !== null, today };
  const day = decideClosedOn({
    ...closing,
    enteredOn: kind === 'reversal' && closing.outcome !== 'open' ? await enteredOn(database, row) : null,
  });
  const changes = {
    ...(kind ? { stage_entered_at: at } : {}),
    ...(row['stage_reason'] === null ? {} : { stage_reason: null }),
    ...(isReopened && row['lost_reason'] !== null ? { lost_reason: null } : {}),
    ...(day === closedOn ? {} : { closed_on: day && toStoredDay(database, day) }),
  };
  if (Object.keys(changes).length) await database('crm_opportunities').where({ id: row.id }).update(changes);

  function entryOf({ from }: Standing, step: ChangeKind, entered: Stage | undefined): Row {
    const lost = entered?.outcome === 'lost' ? (row['lost_reason'] ?? null) : null;
    return {
      opportunity: row.id,
      from_stage: step === 'created' ? null : from,
      to_stage: row['stage'],
      kind: step,
      lasted_seconds: before ? Math.max(0, Math.floor((at.getTime() - before.getTime()) / 1000)) : null,
      reason: reasonOf(row) ?? lost,
      segment: row['segment'],
      owner: row['owner'],
    };
  }
}

/** A stage that an administrator makes an end, or no longer one, closes or reopens what stands in it. */
export async function followOutcome({ clock }: PipelinePorts, { database, item, action }: AfterWrite): Promise<void> {
  const stage = action === 'update' ? await database('crm_stages').where({ id: item }).first('outcome') : null;
  if (!stage) return;
  const isOpen = stage.outcome === 'open';
  const standing = (rows: Knex.QueryBuilder) =>
    isOpen ? rows.where({ stage: item }).whereNotNull('closed_on') : rows.where({ stage: item }).whereNull('closed_on');
  if (isOpen) return void (await updateLogged(database, 'crm_opportunities', standing, { closed_on: null }));
  const places: { segment: string }[] = await standing(database('crm_opportunities').select('segment')).groupBy('segment');
  for (const { segment } of places) {
    const day = toStoredDay(database, await dayIn(database, segment, clock.now()));
    await updateLogged(database, 'crm_opportunities', (rows) => standing(rows).where({ segment }), { closed_on: day });
  }
}
