import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { mayReach, writeNotes } from '../../segments/index.ts';
import { movesOpportunities } from '../reach.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { isOtherDeal, needsApproval } from '../rules/discount.ts';
import { asksForDiscount } from '../rules/stage-gate.ts';
import { stageSetOf } from '../rules/stage-set.ts';
import { idOf } from '../stages/judge-move.ts';
import { loadStages } from '../stages/load-stages.ts';
import { discountOf } from './discount-of.ts';

const OPPORTUNITIES = 'crm_opportunities';

/** What a discount depends on. */
const TOUCHED = ['discount_percent', 'amount', 'customer'];

interface Terms extends Row {
  percent: number | null;
  amount: number | null;
  customer: string | null;
}

const numberOf = (value: unknown): number | null => (value === null || value === undefined || value === '' ? null : Number(value));

const termsOf = (row: Row): Terms => ({
  percent: numberOf(row['discount_percent']),
  amount: numberOf(row['amount']),
  customer: idOf(row['customer']),
});

/** A discount that is raised where the gate lies behind needs the same approval as one that goes through it (SAL-11). */
export function discountStep(): WriteStep {
  const before = writeNotes<Terms>();

  async function judge(database: Knex, row: Row, former: Terms, actor: Actor | null): Promise<void> {
    const now = termsOf(row);
    if (!isOtherDeal(former, now)) return;
    const discount = await discountOf(database, { ...row, customer: now.customer });
    if (!needsApproval(discount)) return;
    const stages = await loadStages(database);
    const stage = stages.find(({ id }) => id === row['stage']);
    if (!stage || !asksForDiscount(stageSetOf(stages, String(row['segment'])), stage)) return;
    const values = { discount: discount.percent!, limit: discount.limit! };
    const refusal = fieldRefusal(
      { collection: OPPORTUNITIES, field: 'discount_percent', reason: 'discount_needs_approval', values },
      actor?.language,
    );
    refusal.extensions['approval'] = {
      kind: 'discount',
      item: row['id'],
      asked: { discount_percent: discount.percent, amount: now.amount, customer: now.customer },
    };
    throw refusal;
  }

  return {
    name: 'pipeline/discount',
    collections: [OPPORTUNITIES],
    async beforeUpdate(payload, keys, { database, actor }) {
      // A write beside this one, or within it, that says nothing of the deal must not take the note of the one that does.
      if (!TOUCHED.some((field) => field in payload)) return;
      const rows: Row[] = await database(OPPORTUNITIES).whereIn('id', [...keys]);
      for (const row of rows) before.note(OPPORTUNITIES, String(row['id']), termsOf(row));
      // With a move in the same write the gate of the new stage is asked.
      if (!actor || !movesOpportunities(actor) || 'stage' in payload) return;
      if (rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row as never))) return;
      // Whose threshold holds is not for the client to say.
      for (const row of rows) await judge(database, { ...row, ...payload, id: row['id'], segment: row['segment'] }, termsOf(row), actor);
    },
    async afterWrite({ database, item, action, actor }) {
      const former = before.of(OPPORTUNITIES, item);
      if (action !== 'update' || !former) return;
      const row = await database(OPPORTUNITIES).where({ id: item }).first();
      if (!row) return;
      await judge(database, row, former, actor);
      before.note(OPPORTUNITIES, item, termsOf(row));
    },
  };
}
