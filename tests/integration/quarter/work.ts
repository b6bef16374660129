import { recent, somebody, writes, type Act, type Body, type Scene } from './act.ts';
import { worked } from './leads.ts';
import type { Link, Person, State, Work } from './state.ts';

const TYPES = ['call', 'mail', 'visit', 'meeting', 'message', 'task'];
const HOUR = 3_600_000;
const FIELD = { customer: 'customer', lead: 'lead', deal: 'opportunity' } as const;

const reaches = (state: State, person: Person, work: Work): boolean => state.sees(person, state.placeOfWork(work));

/** What follows from something that is done: the lead is followed, a transfer is through (SAL-1, ORG-3). */
function follow(state: State, { link, doneAt, doneBy }: Work): void {
  if (doneAt === null) return;
  if (link?.at === 'lead') worked(state, link.id);
  const customer = state.customerOf(link);
  if (!customer || state.customers.get(customer)!.owner !== doneBy) return;
  for (const transfer of state.transfers.values())
    if (transfer.customer === customer && transfer.state === 'executed' && transfer.executedAt! <= doneAt) transfer.state = 'followed';
}

function anyLink(scene: Scene): NonNullable<Link> | null {
  const { state, chance } = scene;
  const at = chance.of(['customer', 'lead', 'deal'] as const);
  const all = { customer: state.customers, lead: state.leads, deal: state.deals }[at];
  const one = recent<{ id: string }>(scene, all.values());
  return one ? { at, id: one.id } : null;
}

/** A call, a visit, a task: on a record, or work of its own for oneself or somebody else (USE-3, SAL-6, ORG-4). */
export function enterWork(scene: Scene): Act | null {
  const { state, chance } = scene;
  const link = chance.is(0.75) ? anyLink(scene) : null;
  const place = link && state.placeOf(link);
  const who = somebody(scene, (person) => (place ? state.sees(person, place) : person.home !== state.segments.b));
  const mayAssign = who.role !== 'sales_rep';
  const names = !link && (mayAssign || chance.is(0.1)) && (who.role === 'system_admin' || chance.is(0.8));
  const rep = names ? state.named(chance.of(['repA1', 'repA2', 'repA3'])) : who;
  const isDone = chance.is(0.55);
  const due = isDone ? null : state.dayAfter(state.day(), chance.is(0.08) ? -2 : chance.below(12));
  const isPast = due !== null && due < state.day();
  const doneAt = isDone ? state.now - chance.of([0, 1, 26, 50]) * HOUR : null;
  const row = {
    ...{ type: chance.of(TYPES), subject: `行动${scene.serial()}` },
    ...(due ? { due_on: due } : {}),
    ...(doneAt === null ? {} : { done_at: new Date(doneAt).toISOString() }),
    ...(link ? { [FIELD[link.at]]: link.id } : {}),
    ...(names ? { owner: rep.id } : {}),
    ...(!link && who.role === 'system_admin' ? { segment: state.segments.a } : {}),
  };
  const owner = place ? place.owner : rep.id;
  const judge = (): string => {
    if (place && !state.sees(who, place)) return 'FORBIDDEN';
    if (names && (who.role === 'sales_rep' || !state.knows(who, rep))) return 'FORBIDDEN';
    if (place && !owner) return 'lead_unallocated';
    if (!place && !state.works(rep, placeOfOwn())) return 'owner_not_in_segment';
    if (isPast) return 'due_in_past';
    return who.role === 'group_executive' && isDone && place && owner !== who.id ? 'executive_assigns' : 'ok';
  };
  const placeOfOwn = (): string => (who.role === 'system_admin' ? state.segments.a : who.role === 'group_executive' ? rep.home : who.home);
  return {
    what: `${who.name} enters work ${JSON.stringify(row)}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', '/items/crm_activities', row),
    then({ data }: Body) {
      const isGiven = owner !== who.id;
      const work: Work = {
        ...{ id: data.id, type: row.type, link, own: { segment: placeOfOwn(), owner: rep.id }, assignedBy: isGiven ? who.id : null },
        ...{ assignment: isGiven && !isDone ? 'requested' : null, doneAt, doneBy: isDone ? who.id : null, dueOn: due, plan: null },
      };
      state.work.set(work.id, work);
      follow(state, work);
    },
  };
}

const open = ({ state, chance }: Scene): Work[] => [...state.work.values()].filter(({ doneAt }) => doneAt === null || chance.is(0.03));

/** It is done, with what comes next (SAL-6, SAL-8). */
export function finish(scene: Scene): Act | null {
  const { state, chance } = scene;
  const work = recent(scene, open(scene));
  if (!work) return null;
  const who = somebody(scene, (person) => writes(person) && reaches(state, person, work));
  const next = chance.is(0.4) ? { type: chance.of(TYPES), due_on: state.dayAfter(state.day(), 1 + chance.below(20)) } : undefined;
  const judge = (): string => {
    if (!reaches(state, who, work)) return 'FORBIDDEN';
    if (work.doneAt !== null) return 'already_done';
    return writes(who) ? 'ok' : 'FORBIDDEN';
  };
  return {
    what: `${who.name} finishes ${work.id}${next ? ' with a next step' : ''}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/activities/${work.id}/done`, { outcome: '好', ...(next ? { next } : {}) }),
    then(body: Body) {
      const owner = state.placeOfWork(work).owner!;
      Object.assign(work, { doneAt: Date.parse(body.done_at), doneBy: who.id, assignment: work.assignment && 'accepted' });
      if (body.next) {
        const isGiven = owner !== who.id;
        state.work.set(body.next, {
          ...{ id: body.next, type: next!.type, link: work.link, own: { ...work.own, owner }, assignedBy: isGiven ? who.id : null },
          ...{ assignment: isGiven ? 'requested' : null, doneAt: null, doneBy: null, dueOn: next!.due_on, plan: null },
        });
      }
      follow(state, work);
    },
  };
}

/** Work that was asked for is taken on or declined (SAL-6). */
export function respond(scene: Scene): Act | null {
  const { state, chance } = scene;
  const waiting = [...state.work.values()].filter(({ assignment }) => assignment === 'requested' || chance.is(0.05));
  const work = recent(scene, waiting);
  if (!work) return null;
  const owner = state.placeOfWork(work).owner;
  const who = somebody(scene, ({ id }) => id === owner);
  const declines = chance.is(0.4);
  const reason = chance.is(0.8) ? '没空' : '';
  const judge = (): string => {
    if (!reaches(state, who, work)) return 'FORBIDDEN';
    if (who.id !== owner) return 'not_the_owner';
    if (work.assignment === null) return 'not_assigned';
    if (work.doneAt !== null) return 'already_done';
    if (work.assignment !== 'requested') return 'already_answered';
    return declines && !reason ? 'reason_required' : 'ok';
  };
  return {
    what: `${who.name} answers ${work.id} ${declines ? 'no' : 'yes'} ${reason}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/activities/${work.id}/respond`, { answer: declines ? 'decline' : 'accept', reason }),
    then: () => void (work.assignment = declines ? 'declined' : 'accepted'),
  };
}

/** What was declined is given to somebody else (SAL-6). */
export function reassign(scene: Scene): Act | null {
  const { state, chance } = scene;
  const declined = [...state.work.values()].filter(({ assignment }) => assignment === 'declined' || chance.is(0.02));
  const work = recent(scene, declined);
  if (!work) return null;
  const who = somebody(scene, ({ id }) => id === work.assignedBy);
  const to = state.named(chance.is(0.9) ? chance.of(['repA1', 'repA2', 'repA3']) : 'repB');
  const judge = (): string => {
    if (!reaches(state, who, work)) return 'FORBIDDEN';
    if (work.assignedBy !== who.id) return 'not_assigner';
    if (work.link) return 'on_a_record';
    if (work.doneAt !== null) return 'already_done';
    if (work.assignment !== 'declined') return 'not_declined';
    return state.works(to, work.own.segment) ? 'ok' : 'owner_not_in_segment';
  };
  return {
    what: `${who.name} gives ${work.id} to ${to.name}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/activities/${work.id}/assign`, { owner: to.id }),
    then() {
      work.own.owner = to.id;
      work.assignment = to.id === work.assignedBy ? null : 'requested';
    },
  };
}

/** The plans of a customer, one for each type: the segment's own before a shared one, one for its grade before one for all. */
function plansOf(state: State, { segment, grade }: { segment: string; grade: string | null }): State['plans'] {
  const fitting = state.plans.filter((plan) => (!plan.segment || plan.segment === segment) && (!plan.grade || plan.grade === grade));
  const rank = (plan: State['plans'][number]) => (plan.segment ? 2 : 0) + (plan.grade ? 1 : 0);
  const types = [...new Set(fitting.map(({ type }) => type))];
  return types.map((type) => fitting.filter((plan) => plan.type === type).sort((one, other) => rank(other) - rank(one))[0]!);
}

interface Planned {
  customer: string;
  plan: string;
  type: string;
  asked: string;
  due: string;
}

/** What the plans ask for now: so long after the last time, on a working day, and nothing while one of it is open (SAL-12, SAL-13). */
export function planned(state: State): Planned[] {
  const drafts: Planned[] = [];
  const today = state.day();
  for (const customer of state.customers.values()) {
    if (!state.isActive(customer)) continue;
    const all = state.workOn({ at: 'customer', id: customer.id });
    for (const plan of plansOf(state, customer)) {
      const isOf = (work: Work) => work.plan?.id === plan.id || work.type === plan.type;
      if (all.some((work) => work.doneAt === null && work.plan && work.link?.at === 'customer' && isOf(work))) continue;
      const days = all.filter((work) => work.doneAt !== null && isOf(work)).map((work) => state.day(work.doneAt!));
      const askedDays = all.filter((work) => work.doneAt !== null && work.plan?.id === plan.id).map((work) => work.plan!.asked);
      const last = [...days, ...askedDays].sort().at(-1) ?? customer.createdOn;
      const asked = state.dayAfter(last, plan.every);
      if (asked > state.dayAfter(today, plan.ahead)) continue;
      let due = asked > today ? asked : today;
      while (!state.isWorkingDay(due)) due = state.dayAfter(due, 1);
      drafts.push({ customer: customer.id, plan: plan.id, type: plan.type, asked, due });
    }
  }
  return drafts;
}
