import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteContext, WriteStep } from '../../platform/api/write-pipeline.ts';
import { mayReach, writeNotes } from '../../segments/index.ts';
import type { PipelinePorts } from '../ports.ts';
import { stageSetOf } from '../rules/stage-set.ts';
import { idOf, judgeMove, refuseDraftCustomer } from './judge-move.ts';
import { loadStages } from './load-stages.ts';
import { moveOf } from './move.ts';
import { followOutcome, settleStage } from './settle-stage.ts';

const OPPORTUNITIES = 'crm_opportunities';
/** Lists that may bring the signed order or contract along with the move. */
const SALES = ['orders', 'contracts'];

/** The stages of opportunities: the early answer before a write, the authority and the history in it (SAL-2, SAL-3, F36). */
export function stageStep(ports: PipelinePorts): WriteStep {
  const before = writeNotes<{ stage: string | null; customer: string | null }>();

  /** Says early why a move is refused; for rows that the caller does not write it says nothing, the host's answer comes next. */
  async function answerEarly(rows: readonly Row[], payload: Row, { database, actor }: WriteContext): Promise<void> {
    const target = idOf(payload['stage']);
    if (!actor || !target || actor.role === 'group_executive') return;
    if (!rows.every((row) => mayReach(actor, row as never))) return;
    for (const row of rows) {
      const move = moveOf(String(row['id']));
      if (idOf(row['stage']) === target || move?.reverses) continue;
      const customer = payload['customer'] ? { customer: idOf(payload['customer']) } : {};
      // Whose stages hold, and whose orders count, is not for the client to say.
      const { id, segment, owner } = row;
      const merged = { ...row, stage_reason: null, ...payload, ...customer, id, segment, owner };
      const sales = !SALES.some((list) => list in payload);
      await judgeMove(database, ports, { row: merged, from: idOf(row['stage']), move, reversal: false, language: actor.language, sales });
    }
  }

  return {
    name: 'pipeline/stages',
    collections: [OPPORTUNITIES, 'crm_stages'],
    async beforeCreate(payload, { accountability, collection, database, actor }) {
      if (!accountability || collection !== OPPORTUNITIES || payload['stage']) return;
      const segment = typeof payload['segment'] === 'string' ? payload['segment'] : actor?.homeSegment;
      return { ...payload, stage: await firstStage(database, segment ?? null) };
    },
    async beforeUpdate(payload, keys, context) {
      if (context.collection !== OPPORTUNITIES) return;
      // A write beside this one, or within it, that says nothing of these must not take the note of the one that does.
      if (!('stage' in payload || 'customer' in payload)) return;
      const rows: Row[] = await context.database(OPPORTUNITIES).whereIn('id', [...keys]);
      for (const key of keys) {
        const row = rows.find(({ id }) => id === key);
        before.note(OPPORTUNITIES, key, { stage: idOf(row?.['stage']), customer: idOf(row?.['customer']) });
      }
      if (rows.length === new Set(keys).size) await answerEarly(rows, payload, context);
    },
    async afterWrite(change) {
      if (change.collection === 'crm_stages') return followOutcome(ports, change);
      if (change.action === 'delete') return;
      const { stage = null, customer = null } = (change.action === 'update' && before.of(OPPORTUNITIES, change.item)) || {};
      await settleStage(ports, change, stage);
      if (!customer) return;
      await refuseDraftCustomer(ports, change, customer);
      const row: Row | undefined = await change.database(OPPORTUNITIES).where({ id: change.item }).first('stage', 'customer');
      if (row) before.note(OPPORTUNITIES, change.item, { stage: idOf(row['stage']), customer: idOf(row['customer']) });
    },
  };
}

/** Where a new opportunity begins: at the first open stage of its segment (SAL-2). */
async function firstStage(database: Knex, segment: string | null): Promise<string | null> {
  return stageSetOf(await loadStages(database), segment ?? '').open[0]?.id ?? null;
}
