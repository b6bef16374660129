import type { Answer } from '../../harness/client.ts';
import { recent, somebody, writes, type Act, type Body, type Scene } from './act.ts';
import type { Deal, Person, State } from './state.ts';

const WAY = ['initial_contact', 'needs_analysis', 'proposal', 'negotiation'];
const GATED_FROM = WAY.indexOf('proposal');

const isOpen = ({ stage }: Deal): boolean => WAY.includes(stage);
const mayWrite = (state: State, person: Person, deal: string): boolean =>
  writes(person) && state.sees(person, state.placeOf({ at: 'deal', id: deal }));

/** An approval is good for no more money than it was given for (F8). */
function approvedPercent({ approved, amount }: Deal): number {
  if (!approved) return 0;
  return amount !== null && (approved.amount === null || amount > approved.amount) ? 0 : approved.percent;
}

const isTooLarge = (state: State, deal: Deal): boolean =>
  deal.discount !== null &&
  deal.discount > state.limits.get(state.customers.get(deal.customer)!.segment)! &&
  deal.discount > approvedPercent(deal);

/** What a stage asks for and the deal lacks (SAL-2, SAL-7, SAL-11, Q19). */
function gate(state: State, deal: Deal, to: string): string {
  if (to === 'needs_analysis' && !(deal.needs && deal.amount !== null)) return 'fields_missing';
  if (to === 'proposal' && !deal.expected) return 'fields_missing';
  if (to === 'won' && !state.isSigned(deal.id)) return 'fields_missing';
  if (to === 'lost') return deal.lostReason ? 'ok' : 'fields_missing';
  const at = WAY.indexOf(to);
  if (at !== 0 && !state.isActive(state.customers.get(deal.customer)!)) return 'customer_not_active';
  return (to === 'won' || at >= GATED_FROM) && isTooLarge(state, deal) ? 'approval_required' : 'ok';
}

function kindOf(deal: Deal, to: string, reason: boolean): { kind: string } | { refused: string } {
  const [from, at] = [WAY.indexOf(deal.stage), WAY.indexOf(to)];
  if (from < 0 && at < 0) return { refused: 'closed' };
  if (from < 0) {
    if (deal.stage === 'lost' && at > WAY.indexOf(deal.lostFrom!)) return { refused: 'skipped' };
    return reason ? { kind: 'reopened' } : { refused: 'reason_required' };
  }
  if (to === 'lost') return { kind: 'closed' };
  if (to === 'won') return from === WAY.length - 1 ? { kind: 'closed' } : { refused: 'skipped' };
  if (at === from + 1) return { kind: 'forward' };
  if (at > from) return { refused: 'skipped' };
  return reason ? { kind: 'back' } : { refused: 'reason_required' };
}

const PATHS = ['route', 'route', 'form', 'keys', 'rows', 'customer', 'GraphQL'] as const;

function sendMove(
  scene: Scene,
  who: Person,
  deal: Deal,
  path: (typeof PATHS)[number],
  to: string,
  fields: object,
  reason: boolean,
): Promise<Answer> {
  const client = scene.as(who);
  const row = { ...fields, stage: scene.stage[to], ...(reason ? { stage_reason: '因' } : {}) };
  const items = '/items/crm_opportunities';
  if (path === 'route')
    return client.request('POST', `/crm/opportunities/${deal.id}/stage`, { stage: to, fields, ...(reason ? { reason: '因' } : {}) });
  if (path === 'form') return client.request('PATCH', `${items}/${deal.id}`, row);
  if (path === 'keys') return client.request('PATCH', items, { keys: [deal.id], data: row });
  if (path === 'rows') return client.request('PATCH', items, [{ id: deal.id, ...row }]);
  if (path === 'customer') {
    const opportunities = { create: [], update: [{ id: deal.id, ...row }], delete: [] };
    return client.request('PATCH', `/items/crm_customers/${deal.customer}`, { opportunities });
  }
  const mutation =
    'mutation ($id: ID!, $row: update_crm_opportunities_input!) { update_crm_opportunities_item(id: $id, data: $row) { id } }';
  return client.graphql(mutation, { id: deal.id, row });
}

/** An opportunity is moved, forward mostly, by any path there is (SAL-2, SAL-3, F36). */
export function moveDeal(scene: Scene): Act | null {
  const { state, chance } = scene;
  const deal = recent(scene, state.deals.values());
  if (!deal) return null;
  const who = somebody(scene, (person) => mayWrite(state, person, deal.id));
  const next = [...WAY, 'won'][WAY.indexOf(deal.stage) + 1]!;
  const to = isOpen(deal) && chance.is(0.65) ? next : chance.of([...WAY, 'won', 'lost', 'lost'].filter((key) => key !== deal.stage));
  const isKind = chance.is(0.85);
  const after: Deal = { ...deal };
  const fields: Record<string, unknown> = {};
  const fill = (fact: 'needs' | 'expected' | 'lostReason', stage: string, row: Record<string, unknown>): void => {
    if (!isKind || to !== stage || deal[fact]) return;
    Object.assign(fields, row);
    after[fact] = true;
  };
  fill('needs', 'needs_analysis', { needs: '要' });
  fill('expected', 'proposal', { expected_close_on: '2099-12-31' });
  fill('lostReason', 'lost', { lost_reason: '价格' });
  if (isKind && to === 'needs_analysis' && deal.amount === null) fields['amount'] = after.amount = 1000 * (1 + chance.below(90));
  const reason = chance.is(0.7);
  const path = writes(who) && who.role !== 'system_admin' ? chance.of(PATHS) : 'route';
  const step = kindOf(deal, to, reason);
  const judge = (): string => {
    if (!mayWrite(state, who, deal.id)) return 'FORBIDDEN';
    if ('refused' in step) return step.refused;
    return step.kind === 'back' ? 'ok' : gate(state, after, to);
  };
  return {
    what: `${who.name} moves ${deal.id} from ${deal.stage} to ${to} by ${path} with ${Object.keys(fields).join()} ${reason ? 'and a reason' : ''}`,
    expect: judge(),
    send: () => sendMove(scene, who, deal, path, to, fields, reason),
    then() {
      const from = deal.stage;
      Object.assign(deal, after, { stage: to, closedOn: WAY.includes(to) ? null : state.day() });
      if (to === 'lost') deal.lostFrom = from;
      else if (from === 'lost') deal.lostReason = false;
      const { kind } = step as { kind: string };
      deal.history.push([from, to, kind]);
      if (kind === 'closed') state.voidAsked((one) => one.kind === 'discount' && one.item === deal.id);
    },
  };
}

/** A new opportunity, at the first stage or where it may not begin. */
export function enterDeal(scene: Scene): Act | null {
  const { state, chance } = scene;
  const customer = recent(scene, state.customers.values());
  if (!customer) return null;
  const who = somebody(scene, (person) => writes(person) && state.sees(person, customer));
  const fault = chance.is(0.15) ? chance.of(['stage', 'past'] as const) : null;
  const deal: Deal = {
    ...{ id: '', customer: customer.id, stage: 'initial_contact', lostFrom: null, needs: chance.is(0.5), expected: chance.is(0.4) },
    ...{ amount: chance.is(0.5) ? 1000 * (1 + chance.below(90)) : null, discount: chance.is(0.3) ? 5 + chance.below(20) : null },
    ...{ lostReason: false, approved: null, closedOn: null, createdOn: state.day(), history: [[null, 'initial_contact', 'created']] },
  };
  const row = {
    title: `商机${scene.serial()}`,
    customer: customer.id,
    ...(deal.needs ? { needs: '要' } : {}),
    ...(deal.amount === null ? {} : { amount: deal.amount }),
    ...(deal.discount === null ? {} : { discount_percent: deal.discount }),
    ...(deal.expected ? { expected_close_on: '2099-06-30' } : {}),
    ...(fault === 'stage' ? { stage: scene.stage[chance.of(['proposal', 'won', 'lost'])] } : {}),
    ...(fault === 'past' ? { expected_close_on: state.dayAfter(state.day(), -1) } : {}),
  };
  const isLet = writes(who) && state.sees(who, customer);
  return {
    what: `${who.name} enters an opportunity ${JSON.stringify(row)}`,
    expect: !isLet ? 'FORBIDDEN' : fault === 'stage' ? 'not_first' : fault === 'past' ? 'close_in_past' : 'ok',
    send: () => scene.as(who).request('POST', '/items/crm_opportunities', row),
    then({ data }: Body) {
      deal.id = data.id;
      state.deals.set(deal.id, deal);
    },
  };
}

/** The discount or the money of a deal is changed (SAL-11, F8). */
export function changeTerms(scene: Scene): Act | null {
  const { state, chance } = scene;
  const deal = recent(scene, state.deals.values());
  if (!deal) return null;
  const who = somebody(scene, (person) => mayWrite(state, person, deal.id));
  const row = chance.is(0.5) ? { discount_percent: chance.of([0, 5, 10, 12, 15, 25]) } : { amount: 1000 * (1 + chance.below(120)) };
  const after: Deal = {
    ...deal,
    discount: 'discount_percent' in row ? row.discount_percent! : deal.discount,
    amount: 'amount' in row ? row.amount! : deal.amount,
  };
  const isOther = after.discount !== deal.discount || (after.amount ?? 0) > (deal.amount ?? 0);
  const isAsked = deal.stage === 'won' || WAY.indexOf(deal.stage) >= GATED_FROM;
  const refused = isAsked && isOther && isTooLarge(state, after);
  return {
    what: `${who.name} changes ${deal.id} (${deal.stage}) to ${JSON.stringify(row)}`,
    expect: !mayWrite(state, who, deal.id) ? 'FORBIDDEN' : refused ? 'discount_needs_approval' : 'ok',
    send: () => scene.as(who).request('PATCH', `/items/crm_opportunities/${deal.id}`, row),
    then: () => void Object.assign(deal, after),
  };
}

export const dealStands = (state: State, id: string): string => {
  const { discount, amount, customer, closedOn } = state.deals.get(id)!;
  return `${discount ?? ''}|${amount ?? ''}|${customer}|${closedOn === null ? 'open' : 'closed'}`;
};

/** A large discount is asked for (SAL-11, APR-1). */
export function askDiscount(scene: Scene): Act | null {
  const { state, chance } = scene;
  const deal = recent(
    scene,
    [...state.deals.values()].filter((one) => isOpen(one) || chance.is(0.1)),
  );
  if (!deal) return null;
  const who = somebody(scene, (person) => mayWrite(state, person, deal.id));
  const percent = chance.of([8, 12, 15, 20, 25, 30]);
  const isPending = [...state.asked.values()].some((one) => one.kind === 'discount' && one.item === deal.id && one.state === 'pending');
  const judge = (): string => {
    if (!mayWrite(state, who, deal.id)) return 'FORBIDDEN';
    if (!isOpen(deal)) return 'discount_of_closed';
    if (!isTooLarge(state, { ...deal, discount: percent })) return 'discount_not_above';
    return isPending ? 'already_pending' : 'ok';
  };
  return {
    what: `${who.name} asks for ${percent} % of ${deal.id}`,
    expect: judge(),
    send: () =>
      scene
        .as(who)
        .request('POST', '/crm/approvals', { kind: 'discount', item: deal.id, reason: '大客户', asked: { discount_percent: percent } }),
    then({ id }: Body) {
      const about = { at: 'deal', id: deal.id } as const;
      const { amount } = deal;
      state.asked.set(id, {
        ...{ id, kind: 'discount', about, item: deal.id, to: null, percent, amount },
        state: 'pending',
        by: who.id,
        seen: dealStands(state, deal.id),
      });
    },
  };
}

/** Something is ordered, signed or not; on lost business, of tomorrow or where several deals are open and none is named it is not (SAL-7). */
export function order(scene: Scene): Act | null {
  const { state, chance } = scene;
  const late = [...state.deals.values()].filter(({ stage }) => ['negotiation', 'won'].includes(stage) || chance.is(0.2));
  const deal = recent(scene, late);
  if (!deal) return null;
  const who = somebody(scene, (person) => mayWrite(state, person, deal.id));
  const fault = chance.is(0.12) ? chance.of(['alone', 'ahead'] as const) : null;
  const signed = chance.is(0.7);
  const day = state.dayAfter(state.day(), fault === 'ahead' ? 1 : -chance.below(5));
  const row = {
    ...(fault === 'alone' ? { customer: deal.customer } : { opportunity: deal.id }),
    ...{ number: `DD-${scene.serial()}`, amount: 1000 },
    ...(signed || fault === 'ahead' ? { signed_on: day } : {}),
  };
  // Without a name it is put to the only one that may be meant: open, or won and still without an order.
  const isOrdered = (id: string) => [...state.sales.values()].some((sale) => sale.deal === id && !sale.cancelled);
  const isMeant = (one: Deal) => isOpen(one) || (one.stage === 'won' && !isOrdered(one.id));
  const open = [...state.deals.values()].filter((one) => one.customer === deal.customer && isMeant(one));
  const home = fault === 'alone' ? open[0] : deal;
  const judge = (): string => {
    if (!mayWrite(state, who, deal.id)) return 'FORBIDDEN';
    if (fault === 'alone') return open.length > 1 ? 'opportunity_required' : 'ok';
    if (fault) return 'future_signature';
    return deal.stage === 'lost' ? 'opportunity_lost' : 'ok';
  };
  return {
    what: `${who.name} orders ${JSON.stringify(row)}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', '/items/crm_orders', row),
    then: ({ data }: Body) => void (home && state.sales.set(data.id, { id: data.id, deal: home.id, signed, cancelled: false })),
  };
}

/** An order is cancelled; the last one that won a deal is not. */
export function cancelOrder(scene: Scene): Act | null {
  const { state } = scene;
  const sale = recent(scene, state.sales.values());
  if (!sale) return null;
  const who = somebody(scene, (person) => mayWrite(state, person, sale.deal));
  const isLast = () => {
    if (state.deals.get(sale.deal)!.stage !== 'won' || !state.isSigned(sale.deal)) return false;
    return ![...state.sales.values()].some((one) => one.id !== sale.id && one.deal === sale.deal && one.signed && !one.cancelled);
  };
  return {
    what: `${who.name} cancels order ${sale.id}`,
    expect: !mayWrite(state, who, sale.deal) ? 'FORBIDDEN' : isLast() ? 'last_signature' : 'ok',
    send: () => scene.as(who).request('PATCH', `/items/crm_orders/${sale.id}`, { status: 'cancelled' }),
    then: () => void (sale.cancelled = true),
  };
}
