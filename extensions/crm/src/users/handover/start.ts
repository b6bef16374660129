import { randomUUID } from 'node:crypto';
import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { steppingBack } from '../../platform/api/step-back.ts';
import type { Caller } from './conditions.ts';
import type { HandoverRequest } from './contract.ts';
import { isEmptyPlan, planHandover, type HandoverPlan, type RulePlan } from './plan.ts';
import type { HandoverPorts } from './ports.ts';
import { HANDOVERS, writeJournal, type Entry, type StoredRule } from './record.ts';
import { handoverRefusal } from './refuse.ts';
import { segmentOfHandover } from './rules/parties.ts';
import { UNDER_WAY } from './rules/undo-window.ts';

/** How often a hand-over is planned anew before it is refused as one that comes at the same time. */
const MOST_TRIES = 3;

/** Everything that is to go, in the order in which it goes: roots by rule, then what somebody is named for. */
function entriesOf({ from, rules }: HandoverPlan): Entry[] {
  const planned = { before: from.user, state: 'planned' as const };
  const roots = rules.flatMap(({ to, roots: own }, rule) =>
    [...own].flatMap(([collection, rows]) =>
      rows.map(({ id }): Entry => ({ rule, collection, item: id, field: 'owner', after: to.user, ...planned })),
    ),
  );
  const posts = rules.flatMap(({ to, posts: own }, rule) =>
    own.map(({ collection, item, field }): Entry => ({ rule, collection, item, field, after: to.user, ...planned })),
  );
  return [...roots, ...posts];
}

/** What has become of somebody's hand-overs: once that has changed, a plan from before is of the past. */
async function historyOf(database: Knex, user: string): Promise<string> {
  const rows: { id: string; state: string }[] = await database(HANDOVERS).where({ from: user }).orderBy('id').select('id', 'state');
  return rows.map(({ id, state }) => `${id} ${state}`).join();
}

/** Refuses while the person's work is on its way already; whoever comes second waits for the row of the person and sees it. */
async function holdPerson(database: Knex, user: string, { language }: Actor): Promise<void> {
  await database('directus_users').where({ id: user }).forNoKeyUpdate().first('id');
  const other = await database(HANDOVERS)
    .where({ from: user })
    .whereIn('state', [...UNDER_WAY])
    .first('id');
  if (other) throw handoverRefusal('running', language);
}

/** Where everything stands that a rule takes. */
const segmentsOf = ({ roots, posts }: RulePlan): (string | null)[] => [
  ...new Set([...[...roots.values()].flat(), ...posts].map(({ segment }) => segment)),
];

/**
 * Writes down who gets what, in one transaction: from here on it is carried out whatever becomes of this process (ACC-10). Where another
 * hand-over of the person came and went while this one was planned, it is planned anew.
 *
 * @returns the hand-over's key, and the plan that it follows.
 */
export async function beginHandover(
  ports: HandoverPorts,
  caller: Caller,
  request: HandoverRequest,
): Promise<{ id: string; plan: HandoverPlan }> {
  const { language } = caller.actor;
  for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
    const history = await historyOf(ports.context.database, request.from);
    const plan = await planHandover(ports, caller, request);
    if (isEmptyPlan(plan)) throw handoverRefusal('nothing_matches', language);
    const id = await writeDown(ports, caller, request, plan, history);
    if (id) return { id, plan };
  }
  throw handoverRefusal('running', language);
}

/** @returns null where the plan is of the past. */
async function writeDown(
  ports: HandoverPorts,
  { actor }: Caller,
  request: HandoverRequest,
  plan: HandoverPlan,
  history: string,
): Promise<string | null> {
  const id = randomUUID();
  const rules = request.rules.map(({ to, collection, where }, place): StoredRule => ({
    to,
    collection: collection ?? null,
    where: where ?? null,
    segments: segmentsOf(plan.rules[place]!),
  }));
  const everybody = [plan.from, ...plan.rules.map(({ to }) => to)];
  const segment = segmentOfHandover(
    rules.flatMap(({ segments }) => segments),
    everybody,
  );
  return steppingBack(ports.context.database, async (database) => {
    await holdPerson(database, plan.from.user, actor);
    if ((await historyOf(database, plan.from.user)) !== history) return null;
    await database(HANDOVERS).insert({
      ...{ id, from: plan.from.user, state: 'running', reason: request.reason ?? null, rules: JSON.stringify(rules) },
      ...{ segment, date_created: ports.clock.now(), user_created: actor.user },
    });
    await writeJournal(database, id, entriesOf(plan));
    await changeLog().created(database, HANDOVERS, [id]);
    return id;
  });
}
