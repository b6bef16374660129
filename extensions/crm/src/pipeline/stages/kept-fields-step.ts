import type { Row } from '../../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { writeNotes } from '../../segments/index.ts';
import type { PipelinePorts } from '../ports.ts';
import { emptiedDemands, stagesBehind } from '../rules/kept-demands.ts';
import { isFilled } from '../rules/stage-gate.ts';
import { stageSetOf } from '../rules/stage-set.ts';
import { closedFrom } from './judge-move.ts';
import { loadStages } from './load-stages.ts';
import { emptiedRefusal } from './refuse.ts';

const OPPORTUNITIES = 'crm_opportunities';

/** Names alone: values of the record are nobody's to keep in memory. */
const filledOf = (row: Row): string[] => Object.keys(row).filter((name) => isFilled(row[name]));

/** What a stage asked for stays as long as the opportunity stands there or beyond (SAL-2); it comes after the move is settled. */
export function keptFieldsStep(ports: PipelinePorts): WriteStep {
  const before = writeNotes<{ filled: string[] }>();

  async function judge({ database, item, actor }: AfterWrite, former: readonly string[]): Promise<void> {
    const row: Row | undefined = await database(OPPORTUNITIES).where({ id: item }).first();
    const filled = row && filledOf(row);
    if (!filled || former.every((name) => filled.includes(name))) return;
    const stages = await loadStages(database);
    const stage = stages.find(({ id }) => id === row['stage']);
    if (!stage) return;
    const from = stage.outcome === 'lost' ? await closedFrom(database, stages, item, stage) : null;
    const behind = stagesBehind(stageSetOf(stages, String(row['segment'])), stage, from);
    const fields = emptiedDemands(behind, new Set(former), new Set(filled));
    if (fields.length) throw emptiedRefusal(fields, stage, actor?.language ?? 'zh-CN', ports);
    before.note(OPPORTUNITIES, item, { filled });
  }

  return {
    name: 'pipeline/kept-fields',
    collections: [OPPORTUNITIES],
    async beforeUpdate(payload, keys, { database }) {
      // A write that empties nothing must not take the note of one beside it, or around it, that does.
      if (Object.values(payload).every(isFilled)) return;
      const rows: Row[] = await database(OPPORTUNITIES).whereIn('id', [...keys]);
      for (const row of rows) before.note(OPPORTUNITIES, String(row['id']), { filled: filledOf(row) });
    },
    async afterWrite(change) {
      const former = change.action === 'update' ? before.of(OPPORTUNITIES, change.item) : undefined;
      if (former) await judge(change, former.filled);
    },
  };
}
