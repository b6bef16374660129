import { recent, somebody, writes, type Act, type Body, type Scene } from './act.ts';
import { dealStands } from './deals.ts';
import { giveApproved, leadStands } from './leads.ts';
import type { Asked, Customer, State, Transfer } from './state.ts';

const REPS = ['repA1', 'repA2', 'repA3'];

/** A customer, complete or with its name only (Q19). */
export function enterCustomer(scene: Scene): Act {
  const { state, chance } = scene;
  const who = somebody(scene, (person) => writes(person) && person.home === state.segments.a);
  const isComplete = chance.is(0.6);
  const owner = ['headA', 'adminA', 'sysadmin'].includes(who.name)
    ? state.named(chance.of([...REPS, ...(chance.is(0.1) ? ['repB'] : [])]))
    : who;
  const segment = who.role === 'system_admin' ? state.segments.a : who.home;
  const grade = chance.is(0.5) ? chance.of(['A', 'B', 'C']) : null;
  const row = {
    name: `客户${scene.serial()}有限公司`,
    ...(grade ? { grade } : {}),
    ...(isComplete ? complete(scene) : {}),
    ...(owner === who ? {} : { owner: owner.id }),
    ...(who.role === 'system_admin' ? { segment } : {}),
  };
  return {
    what: `${who.name} enters a customer for ${owner.name}`,
    expect: !writes(who) || !state.knows(who, owner) ? 'FORBIDDEN' : state.works(owner, segment) ? 'ok' : 'owner_not_in_segment',
    send: () => scene.as(who).request('POST', '/items/crm_customers', row),
    then({ data }: Body) {
      const has = { trade: isComplete, needs: isComplete, person: isComplete };
      state.customers.set(data.id, { id: data.id, owner: owner.id, segment, grade, createdOn: state.day(), has });
    },
  };
}

function complete(scene: Scene) {
  const { industry, region } = scene;
  const phone = `137${String(scene.serial()).padStart(8, '0')}`;
  return { industry, region, needs: '要', contacts: [{ name: '李雷', position: '经理', phone }] };
}

/** What a customer lacks is added; from then on it counts. */
export function completeCustomer(scene: Scene): Act | null {
  const { state } = scene;
  const customer = recent(
    scene,
    [...state.customers.values()].filter((one) => !state.isActive(one)),
  );
  if (!customer) return null;
  const who = somebody(scene, (person) => writes(person) && state.sees(person, customer));
  const { contacts, ...row } = complete(scene);
  return {
    what: `${who.name} completes customer ${customer.id}`,
    expect: writes(who) && state.sees(who, customer) ? 'ok' : 'FORBIDDEN',
    send: () =>
      scene
        .as(who)
        .request('PATCH', `/items/crm_customers/${customer.id}`, { ...row, contacts: { create: contacts, update: [], delete: [] } }),
    then: () => void (customer.has = { trade: true, needs: true, person: true }),
  };
}

/** A head or an admin gives a customer to somebody else by its form; with the switch on nobody does (Q2). */
export function giveCustomer(scene: Scene): Act | null {
  const { state, chance } = scene;
  const customer = recent(scene, state.customers.values());
  if (!customer) return null;
  const who = somebody(scene, (person) => writes(person) && person.role !== 'sales_rep' && state.sees(person, customer));
  const to = state.named(chance.is(0.9) ? chance.of(REPS) : 'repB');
  const judge = (): string => {
    if (!writes(who) || who.role === 'sales_rep' || !state.sees(who, customer)) return 'FORBIDDEN';
    if (!state.knows(who, to)) return 'FORBIDDEN';
    if (to.id !== customer.owner && !state.works(to, customer.segment)) return 'owner_not_in_segment';
    const isCareful = state.isCareful(customer.segment);
    return isCareful && to.id !== customer.owner ? 'ask_for_transfer' : 'ok';
  };
  return {
    what: `${who.name} gives customer ${customer.id} to ${to.name}`,
    expect: judge(),
    send: () => scene.as(who).request('PATCH', `/items/crm_customers/${customer.id}`, { owner: to.id }),
    then: () => state.handOver({ at: 'customer', id: customer.id }, to.id),
  };
}

const transferSeen = (state: State, { customer, toOwner, toSegment }: Transfer, isWithin: boolean): string => {
  const { segment, owner } = state.customers.get(customer)!;
  return isWithin ? `${segment}|${toSegment}|${toOwner}|${owner}` : `${segment}|${toSegment}`;
};

/** What was asked about as it stands now: if it stands otherwise than it did, the request is void (F8). */
function stands(state: State, { kind, item }: Asked): string {
  if (kind === 'lead_allocation') return leadStands(state, item);
  if (kind === 'discount') return dealStands(state, item);
  return transferSeen(state, state.transfers.get(item)!, kind === 'owner_transfer');
}

/** Everything below goes along; what else was asked for is over (ORG-3, Q2). */
function carryOut(state: State, transfer: Transfer, owner: string): void {
  const customer = state.customers.get(transfer.customer)!;
  const isAcross = customer.segment !== transfer.toSegment;
  if (isAcross) state.voidAsked((one) => one.item !== transfer.id && state.customerOf(one.about) === customer.id);
  for (const other of state.transfers.values())
    if (other !== transfer && other.customer === customer.id && ['requested', 'approved'].includes(other.state)) {
      other.state = 'withdrawn';
      state.voidAsked(({ item }) => item === other.id);
    }
  Object.assign(transfer, { state: 'executed', executedAt: state.now, toOwner: owner });
  state.handOver({ at: 'customer', id: customer.id }, owner, transfer.toSegment);
}

/** A customer is to go to a colleague, or to another segment (Q2, ORG-3). */
export function askTransfer(scene: Scene): Act | null {
  const { state, chance } = scene;
  const customer: Customer | undefined = recent(scene, state.customers.values());
  if (!customer) return null;
  const who = somebody(scene, (person) => state.sees(person, customer) && person.role !== 'system_admin');
  const isAcross = chance.is(0.15);
  const toSegment = isAcross ? (customer.segment === state.segments.a ? state.segments.b : state.segments.a) : customer.segment;
  const to = isAcross ? null : state.named(chance.is(0.92) ? chance.of(REPS) : 'repB');
  const isOpen = [...state.transfers.values()].some((one) => one.customer === customer.id && ['requested', 'approved'].includes(one.state));
  const isManager = who.role === 'segment_head' || who.role === 'segment_admin' || who.role === 'system_admin';
  const isCareful = state.isCareful(customer.segment);
  const goesAtOnce = !isAcross && isManager && !isCareful;
  const judge = (): string => {
    if (!state.sees(who, customer)) return 'FORBIDDEN';
    if (to && !state.knows(who, to)) return 'FORBIDDEN';
    if (to?.id === customer.owner) return 'same_owner';
    if (to && !state.works(to, toSegment)) return 'owner_elsewhere';
    return isOpen ? 'already_open' : 'ok';
  };
  const row = { customer: customer.id, to_segment: toSegment, ...(to ? { to_owner: to.id } : {}), reason: '该客户的业务在别处' };
  return {
    what: `${who.name} asks for customer ${customer.id} to go to ${to?.name ?? 'another segment'}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', '/items/crm_transfers', row),
    then({ data }: Body) {
      const transfer: Transfer = {
        id: data.id,
        customer: customer.id,
        fromSegment: customer.segment,
        toSegment,
        toOwner: to?.id ?? null,
        state: 'requested',
        executedAt: null,
      };
      state.transfers.set(transfer.id, transfer);
      if (goesAtOnce) return void carryOut(state, transfer, to!.id);
      if (who.role === 'system_admin' && isAcross) return void (transfer.state = 'approved');
      const about = { at: 'customer', id: customer.id } as const;
      const kind = isAcross ? 'segment_transfer' : 'owner_transfer';
      const seen = transferSeen(state, transfer, !isAcross);
      const key = `?${transfer.id}`;
      state.asked.set(key, {
        ...{ id: key, kind, about, item: transfer.id, to: to?.id ?? null, percent: null, amount: null },
        state: 'pending',
        by: who.id,
        seen,
      });
    },
  };
}

/** Group marketing carries a transfer across segments out (ORG-3). */
export function execute(scene: Scene): Act | null {
  const { state, chance } = scene;
  const transfer = recent(
    scene,
    [...state.transfers.values()].filter((one) => one.state === 'requested' || one.state === 'approved' || chance.is(0.05)),
  );
  if (!transfer) return null;
  const customer = state.customers.get(transfer.customer)!;
  const who = chance.is(0.85) ? state.named('sysadmin') : state.named(chance.of(['repA1', 'headA', 'adminA', 'exec', 'headB']));
  const to = state.named(transfer.toSegment === state.segments.b ? 'repB' : chance.of(REPS));
  const judge = (): string => {
    if (who.role !== 'system_admin') return 'FORBIDDEN';
    if (transfer.fromSegment === transfer.toSegment) return 'within_segment';
    if (!['requested', 'approved'].includes(transfer.state)) return 'not_open';
    if (customer.segment !== transfer.fromSegment) return 'moved_meanwhile';
    return 'ok';
  };
  return {
    what: `${who.name} executes ${transfer.id} (${transfer.state}) for ${to.name}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/transfers/${transfer.id}/execute`, { to_owner: to.id, basis: 'consent' }),
    then() {
      for (const one of state.asked.values()) if (one.item === transfer.id && one.state === 'pending') one.state = 'approved';
      carryOut(state, transfer, to.id);
    },
  };
}

/** Somebody decides what waits, or tries to (APR-1, F8). */
export function decide(scene: Scene): Act | null {
  const { state, chance } = scene;
  const asked = recent(
    scene,
    [...state.asked.values()].filter((one) => one.state === 'pending' || chance.is(0.04)),
  );
  if (!asked) return null;
  const able = asked.state === 'pending' ? state.deciders(asked) : [];
  const who = somebody(scene, (person) => able.includes(person));
  const decision = chance.is(0.75) ? 'approve' : 'reject';
  const comment = decision === 'reject' && chance.is(0.8) ? '不行' : null;
  const isStale = chance.is(0.06);
  const place = state.placeOf(asked.about);
  const seesIt = able.includes(who) || state.sees(who, { segment: place.segment, owner: place.owner ?? asked.by });
  const isOther = stands(state, asked) !== asked.seen;
  const judge = (): string => {
    if (!seesIt) return 'FORBIDDEN';
    if (asked.state !== 'pending') return 'not_pending';
    if (asked.by === who.id) return 'four_eyes';
    if (!able.includes(who)) return 'not_approver';
    if (isStale) return 'stale';
    if (decision === 'reject' && !comment) return 'comment_required';
    return isOther ? 'subject_changed' : 'ok';
  };
  const transfer = state.transfers.get(asked.item);
  const end = (word: string) => {
    if (transfer && ['requested', 'approved'].includes(transfer.state)) transfer.state = word;
  };
  const expect = judge();
  return {
    what: `${who.name} decides ${asked.kind} ${asked.id} (${asked.state}): ${decision}`,
    expect,
    send: () =>
      scene
        .as(who)
        .request('POST', `/crm/approvals/${asked.id}/decide`, { decision, ...(comment ? { comment } : {}), version: isStale ? 7 : 1 }),
    then() {
      asked.state = decision === 'approve' ? 'approved' : 'rejected';
      if (decision === 'reject') return void end('rejected');
      if (asked.kind === 'discount') state.deals.get(asked.item)!.approved = { percent: asked.percent!, amount: asked.amount };
      if (asked.kind === 'lead_allocation') giveApproved(state, asked.item, asked.to!);
      if (asked.kind === 'owner_transfer') carryOut(state, transfer!, asked.to!);
      if (asked.kind === 'segment_transfer') transfer!.state = 'approved';
    },
    refused() {
      if (expect !== 'subject_changed') return;
      asked.state = 'void';
      end('withdrawn');
    },
  };
}

/** Whoever asked takes it back. */
export function withdraw(scene: Scene): Act | null {
  const { state, chance } = scene;
  const asked = recent(
    scene,
    [...state.asked.values()].filter((one) => one.state === 'pending' || chance.is(0.04)),
  );
  if (!asked) return null;
  const who = somebody(scene, ({ id }) => id === asked.by);
  const place = state.placeOf(asked.about);
  const able = asked.state === 'pending' && state.deciders(asked).includes(who);
  const judge = (): string => {
    if (!able && !state.sees(who, { segment: place.segment, owner: place.owner ?? asked.by })) return 'FORBIDDEN';
    if (asked.by !== who.id) return 'not_requester';
    return asked.state === 'pending' ? 'ok' : 'not_pending';
  };
  return {
    what: `${who.name} withdraws ${asked.kind} ${asked.id} (${asked.state})`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/approvals/${asked.id}/withdraw`, {}),
    then() {
      asked.state = 'withdrawn';
      const transfer = state.transfers.get(asked.item);
      if (transfer && ['requested', 'approved'].includes(transfer.state)) transfer.state = 'withdrawn';
    },
  };
}
