import type { Rows } from '../../../extensions/crm/src/kernel/rows.ts';
import { stableId } from '../../ids.ts';
import type { Chance } from '../chance.ts';
import type { SegmentPlan } from '../names/organisation.ts';
import { addDays, workingDayUpTo, type Day } from '../workdays.ts';
import type { PlannedOpportunity } from './opportunities.ts';
import type { Fresh } from './rows.ts';

export type OrderDraft = Fresh<Rows['crm_orders']> & { number: string; owner: string; segment: string };
export type OrderLineDraft = Fresh<Rows['crm_order_lines']> & { amount: number };
export type ContractDraft = Fresh<Rows['crm_contracts']> & { number: string; title: string; owner: string; segment: string };

export interface Deals {
  orders: OrderDraft[];
  lines: OrderLineDraft[];
  contracts: ContractDraft[];
}

const cents = (amount: number) => Math.round(amount * 100) / 100;

/** The lines of an order: the product itself and now and then a service beside it; their amounts add up to the order's. */
function planLines(
  orderId: string,
  { opportunity, offer, quantity }: PlannedOpportunity,
  plan: SegmentPlan,
  chance: Chance,
): OrderLineDraft[] {
  const paid = 1 - Number(opportunity.discount_percent ?? 0) / 100;
  const extra = chance.happens(0.4) ? plan.offers.findIndex((other, index) => index !== offer.index && other.price < offer.price) : -1;
  const sold = [
    { ...offer, quantity },
    ...(extra < 0 ? [] : [{ ...(plan.offers[extra] as (typeof plan.offers)[number]), index: extra, quantity: chance.integer(1, 3) }]),
  ];
  return sold.map(({ name, price, index, quantity: count }, position) => ({
    id: stableId(`${orderId}:${position}`),
    order: orderId,
    product: stableId(`demo:product:${plan.code}:${index}`),
    name,
    quantity: count,
    price: cents(price * paid),
    amount: cents(cents(price * paid) * count),
    sort: position + 1,
    owner: opportunity.owner,
    segment: opportunity.segment,
  }));
}

function planContract(
  serial: string,
  { opportunity, offer }: PlannedOpportunity,
  signedOn: Day,
  amount: number,
  today: Day,
): ContractDraft {
  const endsOn = addDays(signedOn, 365);
  return {
    id: stableId(`demo:contract:${serial}`),
    number: `HT-${serial}`,
    title: `${offer.name}购销合同`,
    opportunity: opportunity.id,
    customer: opportunity.customer,
    amount,
    signed_on: signedOn,
    status: endsOn < today ? 'ended' : 'signed',
    starts_on: signedOn,
    ends_on: endsOn,
    owner: opportunity.owner,
    segment: opportunity.segment,
    date_created: opportunity.stage_entered_at,
    user_created: opportunity.owner,
  };
}

/** A signed order or contract for every won opportunity, most often both (SAL-7). */
export function planDeals(opportunities: readonly PlannedOpportunity[], plan: SegmentPlan, today: Day, chance: Chance): Deals {
  const deals: Deals = { orders: [], lines: [], contracts: [] };
  const won = opportunities.filter(({ stage }) => stage === 'won');
  won.forEach((planned, index) => {
    const { opportunity } = planned;
    const closedOn = opportunity.closed_on as Day;
    const serial = `${closedOn.slice(0, 4)}-${plan.code.toUpperCase()}-${String(index + 1).padStart(4, '0')}`;
    const hasOrder = chance.happens(0.85);
    const orderId = stableId(`demo:order:${serial}`);
    const lines = planLines(orderId, planned, plan, chance);
    const amount = cents(lines.reduce((sum, line) => sum + line.amount, 0));
    const signedOn = workingDayUpTo(addDays(closedOn, -chance.integer(0, 3)));
    if (hasOrder) {
      deals.lines.push(...lines);
      deals.orders.push({
        id: orderId,
        number: `DD-${serial}`,
        status: addDays(signedOn, 90) < today ? 'done' : 'open',
        opportunity: opportunity.id,
        customer: opportunity.customer,
        amount,
        signed_on: signedOn,
        owner: opportunity.owner,
        segment: opportunity.segment,
        date_created: opportunity.stage_entered_at,
        user_created: opportunity.owner,
      });
    }
    if (!hasOrder || chance.happens(0.65)) deals.contracts.push(planContract(serial, planned, signedOn, amount, today));
  });
  return deals;
}
