import { somebody, recent, writes, type Act, type Body, type Scene } from './act.ts';
import type { Lead, Person, State } from './state.ts';

const OPEN = ['new', 'qualified', 'allocated', 'following'];

const unreachable = ({ company, phone }: Lead): string | null => (!company ? 'name_missing' : phone ? null : 'contact_missing');

/** What a lead is by itself, once it is qualified: allocated when it was given to somebody, followed when it was worked. */
function onward(state: State, lead: Lead): string {
  if (!lead.grade || !lead.owner) return lead.status;
  const isWorked = state.marks({ at: 'lead', id: lead.id }).last !== null;
  if (lead.status === 'qualified') return isWorked ? 'following' : lead.allocated ? 'allocated' : 'qualified';
  return lead.status === 'allocated' && isWorked ? 'following' : lead.status;
}

function give(state: State, lead: Lead, to: string, how: string): void {
  if (lead.owner) state.handOver({ at: 'lead', id: lead.id }, to);
  lead.owner = to;
  lead.allocated = true;
  const isReady = ['new', 'qualified'].includes(lead.status) && lead.grade && (lead.status === 'qualified' || !unreachable(lead));
  lead.status = onward(state, isReady ? { ...lead, status: 'qualified' } : lead);
  lead.given.push({ to, how, at: state.now });
}

const voidFor = (state: State, lead: Lead) => state.voidAsked(({ about }) => about.at === 'lead' && about.id === lead.id);

const pendingFor = (state: State, lead: Lead) =>
  [...state.asked.values()].some((one) => one.kind === 'lead_allocation' && one.about.id === lead.id && one.state === 'pending');

const seenOf = (lead: Lead): string =>
  `${lead.owner ?? ''}|${lead.segment}|${lead.customer ?? ''}|${OPEN.includes(lead.status) ? 'open' : 'over'}`;
export const leadStands = (state: State, id: string): string => seenOf(state.leads.get(id)!);

/** Who gets the next supplied lead: the fewest open ones, then whoever waited longest, then the smallest key (SAL-9). */
function routed(state: State): string {
  const all = [...state.leads.values()];
  const load = (rep: string) => all.filter(({ owner, status }) => owner === rep && OPEN.includes(status)).length;
  const last = (rep: string) => Math.max(0, ...all.flatMap(({ given }) => given.filter(({ to }) => to === rep).map(({ at }) => at)));
  return [...state.routes].sort((one, other) => load(one) - load(other) || last(one) - last(other) || (one < other ? -1 : 1))[0]!;
}

function ask(state: State, id: string, lead: Lead, to: string, by: Person): void {
  const about = { at: 'lead', id: lead.id } as const;
  state.asked.set(id, {
    ...{ id, kind: 'lead_allocation', about, item: lead.id, to, percent: null, amount: null },
    state: 'pending',
    by: by.id,
    seen: seenOf(lead),
  });
}

/** The last allocation of it that was asked for was rejected, or taken back. */
const wasRefused = (state: State, lead: Lead): boolean => {
  const last = [...state.asked.values()].filter(({ kind, about }) => kind === 'lead_allocation' && about.id === lead.id).at(-1);
  return last?.state === 'rejected' || last?.state === 'withdrawn';
};

/**
 * What the company supplies finds its way as soon as it is qualified and graded; with the switch on it is asked for, and asked for
 * again only when the lead is another one.
 */
function route(state: State, lead: Lead, by: Person, former: { status: string; grade: string | null } | null): void {
  const isReady = lead.supplied && !lead.owner && !lead.customer && ['new', 'qualified'].includes(lead.status) && lead.grade;
  if (!isReady || (lead.status === 'new' && unreachable(lead))) return;
  const isSame = former?.status === lead.status && former.grade === lead.grade;
  if (!state.isCareful(lead.segment)) give(state, lead, routed(state), 'routed');
  else if (!pendingFor(state, lead) && !(isSame && wasRefused(state, lead))) ask(state, `?${lead.id}`, lead, routed(state), by);
}

/** A lead as somebody enters it. */
export function enterLead(scene: Scene): Act {
  const { state, chance } = scene;
  const who = somebody(scene, ({ role, home }) => home === state.segments.a && writes({ role } as Person));
  const isManager = ['headA', 'adminA'].includes(who.name);
  const supplied = isManager && chance.is(0.6);
  const owner = isManager && !supplied && chance.is(0.7) ? state.named(chance.of(['repA1', 'repA2', 'repA3'])).id : undefined;
  const lead: Lead = {
    ...{ id: '', status: chance.is(0.25) ? chance.of(['qualified', 'following', 'converted', 'allocated']) : 'new' },
    ...{ company: chance.is(0.9), phone: chance.is(0.8), grade: chance.is(0.5) ? chance.of(['A', 'B', 'C']) : null },
    ...{ supplied, allocated: false, lost: false, customer: null, createdOn: state.day(), given: [] },
    ...{ owner: supplied ? null : (owner ?? who.id), segment: who.home },
  };
  const row = {
    title: `线索${scene.serial()}`,
    ...(lead.company ? { company_name: `线索${scene.serial()}有限公司` } : {}),
    ...(lead.phone ? { phone: `139${String(scene.serial()).padStart(8, '0')}` } : {}),
    ...(lead.grade ? { grade: lead.grade } : {}),
    ...(lead.status === 'new' ? {} : { status: lead.status }),
    ...(supplied ? { source: 'company' } : {}),
    ...(owner ? { owner } : {}),
    ...(who.role === 'system_admin' ? { segment: state.segments.a } : {}),
  };
  const isGiven = Boolean(owner && owner !== who.id);
  const expect = (): string => {
    if (who.role === 'group_executive') return 'FORBIDDEN';
    if (isGiven && state.isCareful(lead.segment)) return 'needs_approval';
    if (lead.status === 'converted') return 'only_conversion';
    if (lead.status === 'new') return 'ok';
    if (lead.status === 'following') return 'begins_new';
    const missing = unreachable(lead);
    if (missing) return missing;
    if (lead.status === 'qualified') return 'ok';
    if (!lead.owner) return 'only_allocation';
    if (!lead.grade) return 'grade_missing';
    return isGiven ? 'ok' : 'only_allocation';
  };
  if (who.role === 'system_admin') Object.assign(lead, { owner: null, segment: state.segments.a });
  return {
    what: `${who.name} enters a lead ${JSON.stringify(row)}`,
    expect: expect(),
    send: () => scene.as(who).request('POST', '/items/crm_leads', row),
    then({ data }: Body) {
      lead.id = data.id;
      state.leads.set(lead.id, lead);
      if (isGiven) give(state, lead, lead.owner!, 'by_hand');
      else lead.status = onward(state, lead);
      route(state, lead, who, null);
    },
  };
}

/** Somebody qualifies, grades, gives up or opens a lead again, by the form. */
export function changeLead(scene: Scene): Act | null {
  const { state, chance } = scene;
  const lead = recent(scene, state.leads.values());
  if (!lead) return null;
  const who = somebody(scene, (person) => writes(person) && state.sees(person, state.placeOf({ at: 'lead', id: lead.id })));
  const to = chance.is(0.6) ? chance.of(['qualified', 'qualified', 'following', 'lost', 'new', 'allocated', 'converted']) : lead.status;
  const row = {
    ...(to === lead.status ? {} : { status: to }),
    ...(to === 'lost' && chance.is(0.8) ? { lost_reason: '价格' } : {}),
    ...(chance.is(0.4) ? { grade: chance.of(['A', 'B', 'C']) } : {}),
    ...(!lead.phone && chance.is(0.5) ? { phone: `138${String(scene.serial()).padStart(8, '0')}` } : {}),
    ...(!lead.company && chance.is(0.5) ? { company_name: `后补${scene.serial()}有限公司` } : {}),
    title: `线索${scene.serial()}`,
  };
  const after: Lead = {
    ...lead,
    status: to,
    grade: row.grade ?? lead.grade,
    phone: lead.phone || 'phone' in row,
    company: lead.company || 'company_name' in row,
  };
  after.lost ||= 'lost_reason' in row;
  const mayReopen = who.role !== 'sales_rep';
  const judge = (): string => {
    const from = lead.status;
    if (!writes(who) || !state.sees(who, state.placeOf({ at: 'lead', id: lead.id }))) return 'FORBIDDEN';
    if (to === from) return 'ok';
    if (to === 'converted') return 'only_conversion';
    if (from === 'converted') return 'is_converted';
    if (to === 'lost') return after.lost ? 'ok' : 'lost_reason_missing';
    if (from === 'lost' && !mayReopen) return 'reopened_by_head';
    if (from === 'lost' && !['qualified', 'following'].includes(to)) return 'lost_reopens';
    if (to === 'new') return 'not_back';
    const missing = unreachable(after);
    if (missing) return missing;
    if (from === 'lost' && to === 'qualified') return 'ok';
    if (from === 'lost' && lead.owner) return after.grade ? 'ok' : 'grade_missing';
    if (from === 'lost') return 'nobody_follows';
    if (to === 'qualified') return from === 'new' ? 'ok' : 'not_back';
    if (!lead.owner) return to === 'allocated' ? 'only_allocation' : 'nobody_follows';
    if (!after.grade) return 'grade_missing';
    if (to === 'allocated') return from !== 'following' && lead.allocated ? 'ok' : 'only_allocation';
    return from === 'new' ? 'not_yet_qualified' : 'ok';
  };
  return {
    what: `${who.name} changes lead ${lead.id} (${lead.status}) ${JSON.stringify(row)}`,
    expect: judge(),
    send: () => scene.as(who).request('PATCH', `/items/crm_leads/${lead.id}`, row),
    then() {
      // The next loss has a reason of its own.
      if (lead.status === 'lost' && to !== 'lost') after.lost = false;
      const former = { status: lead.status, grade: lead.grade };
      Object.assign(lead, after);
      lead.status = onward(state, lead);
      route(state, lead, who, former);
    },
  };
}

/** A lead is given to somebody, or that is asked for (SAL-9, SAL-10, Q2). */
export function allocate(scene: Scene): Act | null {
  const { state, chance } = scene;
  const lead = recent(scene, state.leads.values());
  if (!lead) return null;
  const place = state.placeOf({ at: 'lead', id: lead.id });
  const who = somebody(scene, (person) => writes(person) && state.sees(person, place));
  const to = state.named(chance.is(0.92) ? chance.of(['repA1', 'repA2', 'repA3']) : 'repB');
  const isAsked = who.role === 'sales_rep' || state.isCareful(lead.segment);
  const judge = (): string => {
    if (!writes(who) || !state.sees(who, place)) return 'FORBIDDEN';
    if (to.id === place.owner) return 'ok';
    if (!OPEN.includes(lead.status)) return 'closed';
    if (lead.customer) return 'in_tree';
    if (!lead.grade || (lead.status === 'new' && unreachable(lead))) return 'fields_missing';
    if (who.role === 'sales_rep' && to.id === who.id) return 'own_only_to_colleague';
    if (!state.works(to, lead.segment)) return 'owner_not_in_segment';
    return isAsked && pendingFor(state, lead) ? 'already_pending' : 'ok';
  };
  return {
    what: `${who.name} allocates lead ${lead.id} to ${to.name}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/leads/${lead.id}/allocate`, { owner: to.id, reason: '分配' }),
    then({ approval }: Body) {
      if (to.id === place.owner) return;
      if (isAsked) {
        ask(state, approval, lead, to.id, who);
        return;
      }
      give(state, lead, to.id, 'by_hand');
      voidFor(state, lead);
    },
  };
}

/** The approved allocation; refused where the lead has lost what it needs meanwhile. */
export const giveApproved = (state: State, id: string, to: string): void => give(state, state.leads.get(id)!, to, 'approved');

/** Work on a lead makes it one that is followed (SAL-1). */
export function worked(state: State, id: string): void {
  const lead = state.leads.get(id)!;
  if (['qualified', 'allocated'].includes(lead.status)) lead.status = onward(state, lead);
}

/** A lead becomes a customer, a contact and an opportunity (SAL-1). */
export function convert(scene: Scene): Act | null {
  const { state, chance } = scene;
  const lead = recent(scene, state.leads.values());
  if (!lead) return null;
  const place = state.placeOf({ at: 'lead', id: lead.id });
  const who = somebody(scene, (person) => writes(person) && state.sees(person, place));
  const withDeal = chance.is(0.8);
  const amount = chance.is(0.5) ? 1000 * (1 + chance.below(90)) : null;
  const judge = (): string => {
    if (!writes(who) || !state.sees(who, place)) return 'FORBIDDEN';
    if (lead.status === 'converted') return 'already_converted';
    if (lead.status === 'lost') return 'is_lost';
    if (!lead.owner) return 'unallocated';
    if (lead.status === 'new' && unreachable(lead)) return unreachable(lead)!;
    return lead.company ? 'ok' : 'nameless';
  };
  return {
    what: `${who.name} converts lead ${lead.id}`,
    expect: judge(),
    send: () => scene.as(who).request('POST', `/crm/leads/${lead.id}/convert`, { opportunity: withDeal && { amount } }),
    then({ customer, opportunity }: Body) {
      const { owner, segment, grade } = lead;
      const has = { trade: false, needs: false, person: false };
      state.customers.set(customer, { id: customer, owner: owner!, segment, grade, createdOn: state.day(), has });
      if (opportunity)
        state.deals.set(opportunity, {
          ...{ id: opportunity, customer, stage: 'initial_contact', lostFrom: null, amount, needs: false, expected: false },
          ...{ lostReason: false, discount: null, approved: null, closedOn: null, createdOn: state.day() },
          history: [[null, 'initial_contact', 'created']],
        });
      Object.assign(lead, { customer, status: 'converted' });
      voidFor(state, lead);
    },
  };
}
