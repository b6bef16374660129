import type { Knex } from 'knex';
import { expect } from 'vitest';
import { outcomeOf, type Act, type Scene } from './act.ts';
import { actual, countedBy, dayOf, differences, expected, seenBy } from './compare.ts';
import { askDiscount, cancelOrder, changeTerms, enterDeal, moveDeal, order } from './deals.ts';
import { askTransfer, completeCustomer, decide, enterCustomer, execute, giveCustomer, withdraw } from './hands.ts';
import { allocate, changeLead, convert, enterLead } from './leads.ts';
import { enterWork, finish, planned, reassign, respond } from './work.ts';

const DAY_MS = 86_400_000;
const STEP_MS = 180_000;

/** A quarter of a segment's life: what happens on its days, one thing after the other. */
export interface Quarter {
  scene: Scene;
  database: Knex;
  /** Tells the host what time it is. */
  tell(moment: number): Promise<void>;
  /** What happened, for whoever looks for the reason of a difference. */
  log: string[];
  counts: Map<string, number>;
}

/** How often what happens, of a hundred. */
function nextAct(quarter: Quarter): Act | null {
  const { scene } = quarter;
  const acts: [number, () => Act | null][] = [
    [9, () => enterLead(scene)],
    [11, () => changeLead(scene)],
    [6, () => allocate(scene)],
    [5, () => convert(scene)],
    [4, () => enterCustomer(scene)],
    [4, () => completeCustomer(scene)],
    [2, () => giveCustomer(scene)],
    [4, () => enterDeal(scene)],
    [16, () => moveDeal(scene)],
    [4, () => changeTerms(scene)],
    [4, () => askDiscount(scene)],
    [6, () => order(scene)],
    [1, () => cancelOrder(scene)],
    [11, () => enterWork(scene)],
    [5, () => finish(scene)],
    [3, () => respond(scene)],
    [2, () => reassign(scene)],
    [3, () => askTransfer(scene)],
    [2, () => execute(scene)],
    [6, () => decide(scene)],
    [1, () => withdraw(scene)],
  ];
  let at = scene.chance.below(acts.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, act] of acts) {
    if (at < weight) return act();
    at -= weight;
  }
  return null;
}

/** Requests that the answer does not name get their keys from the table. */
async function learnKeys({ scene: { state }, database }: Quarter): Promise<void> {
  for (const [key, asked] of [...state.asked]) {
    if (!key.startsWith('?')) continue;
    const row = await database('crm_approvals').where({ item: asked.item, kind: asked.kind, state: 'pending' }).first('id');
    state.asked.delete(key);
    asked.id = row?.id ?? `nobody asked for ${asked.kind} of ${asked.item}`;
    state.asked.set(asked.id, asked);
  }
}

async function happen(quarter: Quarter): Promise<void> {
  const act = nextAct(quarter);
  if (!act) return;
  const answer = await act.send();
  const outcome = outcomeOf(answer);
  quarter.log.push(`${quarter.scene.state.day()} ${act.what} → ${outcome}`);
  quarter.counts.set(outcome, (quarter.counts.get(outcome) ?? 0) + 1);
  expect(outcome, `${act.what}\n${answer.text}\n${quarter.log.slice(-12).join('\n')}`).toBe(act.expect);
  if (outcome === 'ok') act.then?.(answer.body);
  else act.refused?.();
  await learnKeys(quarter);
}

/** The follow-up plans of a week, run twice: the second run asks for nothing. */
async function runPlans({ scene, database }: Quarter): Promise<void> {
  const { state } = scene;
  const drafts = planned(state);
  const sysadmin = scene.as(state.named('sysadmin'));
  const first = await sysadmin.request('POST', '/crm/plans/run', {});
  expect([first.status, first.body.created], first.text).toEqual([200, drafts.length]);
  expect((await sysadmin.request('POST', '/crm/plans/run', {})).body.created).toBe(0);
  for (const { customer, plan, type, asked, due } of drafts) {
    const key = `${plan}:${customer}:${asked}`;
    const row = await database('crm_activities').where({ plan_key: key }).first('id');
    state.work.set(row?.id ?? key, {
      ...{ id: row?.id ?? key, type, link: { at: 'customer', id: customer }, own: { segment: '', owner: '' }, assignedBy: null },
      ...{ assignment: null, doneAt: null, doneBy: null, dueOn: due, plan: { id: plan, asked } },
    });
  }
}

/** Everything that stands, what everybody sees of it, and what waits for everybody. */
export async function compare({ scene, database, log }: Quarter): Promise<void> {
  const { state } = scene;
  const picture = expected(state);
  const history = () => `\n${log.slice(-60).join('\n')}`;
  expect(differences(picture, await actual(database, state, scene.stage)), history()).toEqual([]);
  for (const person of state.people) {
    expect({ [person.name]: await countedBy(scene, person) }).toEqual({ [person.name]: seenBy(state, person, picture) });
    const day = await scene.as(person).request('GET', '/crm/my-day');
    expect({ [person.name]: day.body.counts }, day.text.slice(0, 300)).toEqual({ [person.name]: dayOf(state, person) });
  }
}

/** The switch of a segment that wants every allocation approved is turned (Q2). */
async function turnSwitch({ scene }: Quarter): Promise<void> {
  const { state } = scene;
  state.needsApproval = !state.needsApproval;
  const body = { allocation_needs_approval: state.needsApproval };
  const answer = await scene.as(state.named('sysadmin')).request('PATCH', `/items/crm_segments/${state.segments.a}`, body);
  expect(answer.status, answer.text).toBe(200);
}

/** So many working days from `start` on, each with so many things; compared at the end of every week. */
export async function live(quarter: Quarter, { start, days, acts }: { start: number; days: number; acts: number }): Promise<void> {
  const { state } = quarter.scene;
  let day = start;
  for (let lived = 0; lived < days; day += DAY_MS) {
    state.now = day;
    if (!state.isWorkingDay(state.day())) continue;
    lived += 1;
    if (lived % 11 === 0) await turnSwitch(quarter);
    for (let at = 0; at < acts; at += 1) {
      state.now = day + at * STEP_MS;
      await quarter.tell(state.now);
      await happen(quarter);
    }
    if (lived % 5) continue;
    await runPlans(quarter);
    await compare(quarter);
  }
  await compare(quarter);
}
