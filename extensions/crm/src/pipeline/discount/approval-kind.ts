import type { ApprovalKind, ApprovalRow } from '../../approvals/index.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach } from '../../segments/index.ts';
import { movesOpportunities } from '../reach.ts';
import { fieldRefusal, type FieldFault } from '../refuse-field.ts';
import { needsApproval } from '../rules/discount.ts';
import { discountOf } from './discount-of.ts';

const OPPORTUNITIES = 'crm_opportunities';
const MOST = 100;
const LONGEST = 255;
/** As much as the column holds is refused on the form, too. */
const TOO_LARGE = 1e13;

const refuse = (reason: FieldFault['reason'], { language }: Actor, values: FieldFault['values'] = {}) =>
  fieldRefusal({ collection: OPPORTUNITIES, field: 'discount_percent', reason, values }, language);

/** The discount that is asked for: the one that is named, else the one that stands in the opportunity. */
function wanted(asked: Row, row: Row, actor: Actor): number {
  const value = asked['discount_percent'] ?? row['discount_percent'] ?? null;
  const percent = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
  if (!(percent >= 0 && percent <= MOST)) throw refuse('discount_unreadable', actor);
  return Math.round(percent * MOST) / MOST;
}

/** A larger amount, too, is asked for before it is entered. */
function amountOf(asked: Row, row: Row, actor: Actor): number | null {
  const value = asked['amount'] ?? row['amount'] ?? null;
  if (value === null) return null;
  const amount = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : NaN;
  if (!(amount >= 0 && amount < TOO_LARGE)) throw refuse('discount_unreadable', actor);
  return amount;
}

/** And so is another customer, of those that the actor works with in this segment. */
async function customerOf(database: Knex, actor: Actor, { customer: named }: Row, row: Row): Promise<{ id: unknown; name: string | null }> {
  if (named === undefined || named === null || named === row['customer']) return { id: row['customer'], name: null };
  const customer = isUuid(named)
    ? await database('crm_customers').where({ id: named.toLowerCase() }).first('id', 'name', 'segment', 'owner')
    : null;
  if (!customer || customer.segment !== row['segment'] || !mayReach(actor, customer)) throw forbidden();
  return customer;
}

async function loadOpen(database: Knex, actor: Actor, item: string): Promise<Row & { id: string }> {
  const row = isUuid(item) ? await database(OPPORTUNITIES).where({ id: item.toLowerCase() }).first() : null;
  if (!row || !movesOpportunities(actor) || !mayReach(actor, row)) throw forbidden();
  if (row.closed_on !== null) throw refuse('discount_of_closed', actor);
  return row;
}

/** A discount above the segment's threshold: asked for by whoever works the opportunity, decided by the engine (SAL-11, APR-1). */
export const discountKind: ApprovalKind = {
  kind: 'discount',
  async prepare(database, actor, { item, asked }) {
    const row = await loadOpen(database, actor, item);
    const percent = wanted(asked, row, actor);
    const amount = amountOf(asked, row, actor);
    const customer = await customerOf(database, actor, asked, row);
    const discount = await discountOf(database, { ...row, discount_percent: percent, amount, customer: customer.id });
    if (!needsApproval(discount)) throw refuse('discount_not_above', actor, { discount: percent, limit: discount.limit ?? MOST });
    return {
      collection: OPPORTUNITIES,
      item: row.id,
      about: { opportunity: row.id },
      segment: String(row['segment']),
      owner: (row['owner'] as string | null) ?? null,
      title: [`${String(row['title'])}：${percent}%`, customer.name].filter(Boolean).join('，').slice(0, LONGEST),
      asked: { discount_percent: percent, amount, customer: customer.id },
    };
  },
  fingerprint: async (database, { item }: ApprovalRow) => {
    const row = await database(OPPORTUNITIES).where({ id: item }).first('discount_percent', 'amount', 'customer', 'closed_on');
    const number = (value: unknown) => (value === null || value === undefined ? '' : String(Number(value)));
    if (!row) return 'gone';
    return [number(row.discount_percent), number(row.amount), row.customer, row.closed_on === null ? 'open' : 'closed'].join('|');
  },
  async approved(database, { item, asked }) {
    await updateLogged(database, OPPORTUNITIES, (rows) => rows.where({ id: item }), {
      discount_approved: Number(asked['discount_percent']),
    });
  },
};
