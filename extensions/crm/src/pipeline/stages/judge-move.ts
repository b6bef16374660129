import type { Language } from '../../platform/api/actor.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { AfterWrite } from '../../platform/api/write-pipeline.ts';
import type { PipelinePorts, StageWords } from '../ports.ts';
import { decideStageChange, type ChangeKind } from '../rules/stage-change.ts';
import { asksForCustomer } from '../rules/stage-gate.ts';
import { stageSetOf, type Stage } from '../rules/stage-set.ts';
import { lastEntrance } from './last-entrance.ts';
import { loadStages } from './load-stages.ts';
import { loadSubject } from './load-subject.ts';
import type { Move } from './move.ts';
import { moveRefusal, stageRefusal } from './refuse.ts';

/** An opportunity as it stands after a write, or as it would. */
export interface Moving {
  row: Row;
  /** The stage in which it stood; null while it is being created. */
  from: string | null;
  move: Move | null;
  reversal: boolean;
  language: Language;
  /** Whether orders and contracts can be looked at: false where the write brings some of its own. */
  sales: boolean;
}

export const idOf = (value: unknown): string | null => {
  const key = typeof value === 'object' && value !== null ? (value as Row)['id'] : value;
  return typeof key === 'string' && key ? key.toLowerCase() : null;
};

/** The reason that was given, without the blanks around it. */
export const reasonOf = (row: Row): string | null => (typeof row['stage_reason'] === 'string' ? row['stage_reason'].trim() || null : null);

const sameKey = (one: unknown, other: unknown) => idOf(one) === idOf(other);

/** Refuses a move that somebody else was faster with: two tabs, two people (F36). */
export function refuseConflict(
  { stageName }: Pick<StageWords, 'stageName'>,
  stages: readonly Stage[],
  from: string | null,
  { move, language }: Pick<Moving, 'move' | 'language'>,
): void {
  if (!move?.from || sameKey(move.from, from)) return;
  const stage = stages.find(({ id }) => sameKey(id, from));
  throw moveRefusal('conflict', language, { stage: stage ? stageName(stage.name, language) : '' }, { stage: stage?.key ?? null });
}

/** Judges a move by the one rule, and refuses it in words; gives what kind of step it is. SAL-2, SAL-3. */
export async function judgeMove(database: Knex, ports: PipelinePorts, moving: Moving): Promise<ChangeKind> {
  const { row, from, language, reversal } = moving;
  const stages = await loadStages(database);
  refuseConflict(ports, stages, from, moving);
  const target = stages.find(({ id }) => sameKey(id, row['stage']));
  if (!target) throw moveRefusal('not_in_use', language, { stage: '' });
  const stood = from === null ? null : (stages.find(({ id }) => sameKey(id, from)) ?? null);
  const decided = decideStageChange({
    set: stageSetOf(stages, String(row['segment'])),
    from: stood,
    closedFrom: stood && stood.outcome !== 'open' ? await closedFrom(database, stages, String(row['id']), stood) : null,
    target,
    subject: await loadSubject(database, row, { sales: moving.sales }),
    reason: reasonOf(row),
    isReversal: reversal,
  });
  if (!decided.accepted) {
    const today = await dayIn(database, row['segment'], ports.clock.now());
    throw stageRefusal(decided.reason, target, language, ports, today);
  }
  return decided.value;
}

/** Where an opportunity stood when it was closed, as its history says; who takes a move back closes nothing anew. */
export async function closedFrom(database: Knex, stages: readonly Stage[], opportunity: string, end: Stage): Promise<Stage | null> {
  const entry = await lastEntrance(database, opportunity, end.id);
  return stages.find(({ id }) => sameKey(id, entry?.from_stage)) ?? null;
}

/** Business beyond the first stage goes to no customer that is not complete, either (Q19). */
export async function refuseDraftCustomer(
  words: StageWords,
  { database, item, actor }: Pick<AfterWrite, 'database' | 'item' | 'actor'>,
  former: string,
): Promise<void> {
  const row: Row | undefined = await database('crm_opportunities').where({ id: item }).first();
  if (!row || sameKey(row['customer'], former)) return;
  const stages = await loadStages(database);
  const stage = stages.find(({ id }) => sameKey(id, row['stage']));
  if (!stage || !asksForCustomer(stageSetOf(stages, String(row['segment'])), stage)) return;
  const { customer } = await loadSubject(database, row);
  if (customer.status !== 'active')
    throw stageRefusal({ reason: 'customer_not_active', ...customer }, stage, actor?.language ?? 'zh-CN', words);
}
