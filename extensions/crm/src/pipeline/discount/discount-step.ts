import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { mayReach, writeNotes } from '../../segments/index.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { needsApproval } from '../rules/discount.ts';
import { asksForDiscount } from '../rules/stage-gate.ts';
import { stageSetOf } from '../rules/stage-set.ts';
import { loadStages } from '../stages/load-stages.ts';
import { discountOf } from './discount-of.ts';

const OPPORTUNITIES = 'crm_opportunities';

/** A discount that is raised where the gate lies behind needs the same approval as one that goes through it (SAL-11). */
export function discountStep(): WriteStep {
  const before = writeNotes<{ percent: number | null; sent: boolean }>();

  async function judge(database: Knex, row: Row, former: number | null, actor: Actor | null): Promise<void> {
    const discount = await discountOf(database, row);
    if (!needsApproval(discount) || discount.percent === former) return;
    const stages = await loadStages(database);
    const stage = stages.find(({ id }) => id === row['stage']);
    if (!stage || !asksForDiscount(stageSetOf(stages, String(row['segment'])), stage)) return;
    const values = { discount: discount.percent!, limit: discount.limit! };
    const refusal = fieldRefusal(
      { collection: OPPORTUNITIES, field: 'discount_percent', reason: 'discount_needs_approval', values },
      actor?.language,
    );
    refusal.extensions['approval'] = { kind: 'discount', item: row['id'], asked: { discount_percent: discount.percent } };
    throw refusal;
  }

  return {
    name: 'pipeline/discount',
    collections: [OPPORTUNITIES],
    async beforeUpdate(payload, keys, { database, actor }) {
      const sent = 'discount_percent' in payload;
      const rows: Row[] = sent ? await database(OPPORTUNITIES).whereIn('id', [...keys]) : [];
      const percentOf = (row: Row | undefined) => (row && row['discount_percent'] !== null ? Number(row['discount_percent']) : null);
      for (const key of keys) before.note(OPPORTUNITIES, key, { percent: percentOf(rows.find(({ id }) => id === key)), sent });
      // With a move in the same write the gate of the new stage is asked.
      if (!actor || 'stage' in payload || rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row as never))) return;
      for (const row of rows) await judge(database, { ...row, ...payload }, percentOf(row), actor);
    },
    async afterWrite({ database, item, action, actor }) {
      const note = before.of(OPPORTUNITIES, item);
      if (action !== 'update' || !note?.sent) return;
      const row = await database(OPPORTUNITIES).where({ id: item }).first();
      if (row) await judge(database, row, note.percent, actor);
    },
  };
}
