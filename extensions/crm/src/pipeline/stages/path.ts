import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import type { PathStep, StagePath } from '../contract.ts';
import type { StageWords } from '../ports.ts';
import { movesOpportunities } from '../reach.ts';
import { decideStageChange, nextOf } from '../rules/stage-change.ts';
import { missingFor, type Subject } from '../rules/stage-gate.ts';
import { placeIn, stageSetOf, stagesOf, type Stage, type StageSet } from '../rules/stage-set.ts';
import { loadStages } from './load-stages.ts';
import { loadSubject } from './load-subject.ts';
import { moveRefusal, stageRefusal } from './refuse.ts';

interface View {
  set: StageSet;
  current: Stage;
  closedFrom: Stage | null;
  subject: Subject;
  passed: ReadonlySet<string>;
  actor: Actor;
}

/** The way of an opportunity as the path bar shows it, judged by the same rule as the moves themselves (SAL-2). */
export async function pathOf(database: Knex, words: StageWords, actor: Actor, row: Row): Promise<StagePath> {
  const stages = await loadStages(database);
  const set = stageSetOf(stages, String(row['segment']));
  const current = stages.find(({ id }) => id === row['stage'])!;
  const history: { id: string; from_stage: string | null; to_stage: string; kind: string }[] = await database('crm_stage_changes')
    .where({ opportunity: row['id'] as string })
    .orderBy('changed_at', 'desc')
    .select('id', 'from_stage', 'to_stage', 'kind');
  const entrance = history.find(({ to_stage, kind }) => to_stage === current.id && kind !== 'reversal');
  const view: View = {
    set,
    current,
    closedFrom: stages.find(({ id }) => id === entrance?.from_stage) ?? null,
    subject: await loadSubject(database, { ...row, stage_reason: null }),
    passed: new Set(history.map(({ to_stage }) => to_stage)),
    actor,
  };
  const shown = withCurrent(set, current);
  const { id, key, name } = current;
  return {
    stage: { id, key, name },
    version: history[0]?.id ?? String(row['id']),
    closed_on: fromStoredDay(row['closed_on']),
    stages: shown.map((stage) => stepOf(view, stage, words)),
  };
}

/** A stage that is no longer in use still shows while the opportunity stands in it. */
function withCurrent(set: StageSet, current: Stage): Stage[] {
  const all = stagesOf(set);
  if (all.some(({ id }) => id === current.id)) return all;
  const at = current.outcome === 'open' ? placeIn(set, current) : all.length;
  return all.toSpliced(at, 0, current);
}

/** A stand-in: a reason is asked for when the move is made. */
const SOME_REASON = '…';

function stepOf(view: View, stage: Stage, words: StageWords): PathStep {
  const { set, current, closedFrom, subject, actor } = view;
  const { id, key, name, outcome, color, sort } = stage;
  const state = stateOf(view, stage);
  const shown = { id, key, name, outcome, color, sort, state };
  const reached = state === 'passed' || state === 'current';
  const missing = reached ? [] : missingFor(stage, subject);
  if (state === 'current') return { ...shown, missing, allowed: false, needs_reason: false };
  if (!movesOpportunities(actor)) {
    const { message, code } = moveRefusal('read_only', actor.language);
    return { ...shown, missing, allowed: false, needs_reason: false, why: message, code };
  }
  const decided = decideStageChange({ set, from: current, closedFrom, target: stage, subject, reason: SOME_REASON, isReversal: false });
  const needsReason = decided.accepted && (decided.value === 'back' || decided.value === 'reopened');
  if (decided.accepted) return { ...shown, missing, allowed: true, needs_reason: needsReason };
  const { message, code } = stageRefusal(decided.reason, stage, actor.language, words);
  return { ...shown, missing, allowed: false, needs_reason: false, why: message, code };
}

function stateOf({ set, current, passed }: View, stage: Stage): PathStep['state'] {
  if (stage.id === current.id) return 'current';
  if (stage.outcome !== 'open') return stage.outcome === 'won' && current.outcome === 'open' && !nextOf(set, current) ? 'next' : 'later';
  if (current.outcome !== 'open') return current.outcome === 'won' || passed.has(stage.id) ? 'passed' : 'later';
  if (nextOf(set, current)?.id === stage.id) return 'next';
  return placeIn(set, stage) < placeIn(set, current) ? 'passed' : 'later';
}
