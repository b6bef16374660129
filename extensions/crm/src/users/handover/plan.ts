import type { Knex } from '../../platform/api/host.ts';
import { belongsTo } from '../../segments/index.ts';
import { rowsByCondition, type Caller } from './conditions.ts';
import type { HandoverRequest } from './contract.ts';
import { giverOf, partiesOf, scopeOrRefuse, type Parties } from './people.ts';
import type { Party } from './party.ts';
import type { HandoverPorts } from './ports.ts';
import { updatableBy, type MayUpdate } from './may-update.ts';
import { postsOf } from './references.ts';
import { rootsOf } from './roots.ts';
import { fitsPost, type Post } from './rules/fits-post.ts';
import { isForAll, isTriedOn, matchRules, ROOTS, type Root, type RootRow } from './rules/match-rules.ts';
import { rootKey, splitByFiles } from './shared-files.ts';

/** What one rule takes. */
export interface RulePlan {
  to: Party;
  roots: Map<Root, RootRow[]>;
  posts: Post[];
}

/** Who gets what, before anything is written. */
export interface HandoverPlan extends Parties {
  rules: RulePlan[];
  rest: Map<Root, RootRow[]>;
  /** What somebody is named for and nobody of the rules fits. */
  postsLeft: Post[];
  /** Roots that stay because of a file that they share. */
  split: number;
}

const fitsPlace = (to: Party, segment: string | null): boolean => (segment === null ? to.active : belongsTo(to, segment));

/** Judges a request and finds who gets what; writes nothing. */
export async function planHandover(ports: HandoverPorts, caller: Caller, request: HandoverRequest): Promise<HandoverPlan> {
  const { database } = ports.context;
  const scope = scopeOrRefuse(caller.actor);
  await giverOf(database, scope, request.from);
  const roots = new Map<Root, RootRow[]>();
  for (const root of ROOTS) roots.set(root, await rootsOf(database, root, request.from, scope));
  const places = [...new Set([...roots.values()].flat().flatMap(({ segment }) => segment ?? []))];
  const parties = await partiesOf(database, caller.actor, request, places);
  const picked = await rowsByCondition(ports, caller, request);
  const rules = request.rules.map((_, place): RulePlan => ({ to: parties.to[place]!, roots: new Map(), posts: [] }));
  const rest = new Map<Root, RootRow[]>();
  for (const [root, rows] of roots) {
    const fits = request.rules.map((rule, place) => {
      const ids = picked.get(place);
      return ({ id, segment }: RootRow) => isTriedOn(rule, root) && fitsPlace(rules[place]!.to, segment) && (!rule.where || ids!.has(id));
    });
    const matched = matchRules(rows, fits);
    for (const [place, own] of matched.byRule.entries()) if (own.length) rules[place]!.roots.set(root, own);
    rest.set(root, matched.rest);
  }
  const split = await keepTogether(database, request.from, rules, rest);
  const posts = await postsOf(database, caller.schema, request.from, scope);
  const postsLeft = placePosts(request, { from: parties.from, rules }, posts, await updatableBy(database, caller.actor, scope));
  return { ...parties, rules, rest, postsLeft, split };
}

/** Takes roots back out of the rules that share a file with others which go elsewhere. */
async function keepTogether(database: Knex, from: string, rules: readonly RulePlan[], rest: Map<Root, RootRow[]>): Promise<number> {
  const destinations = rules.flatMap(({ to, roots }) =>
    [...roots].flatMap(([root, rows]) => rows.map(({ id }): [string, string] => [rootKey(root, id), to.user])),
  );
  const stays = await splitByFiles(database, from, new Map(destinations));
  if (!stays.size) return 0;
  let split = 0;
  for (const { roots } of rules)
    for (const [root, rows] of roots) {
      const parted = Map.groupBy(rows, ({ id }) => stays.has(rootKey(root, id)));
      roots.set(root, parted.get(false) ?? []);
      rest.get(root)!.push(...(parted.get(true) ?? []));
      split += parted.get(true)?.length ?? 0;
    }
  return split;
}

/** Posts that the asker may fill go by the first rule for everything whose person fits; gives those that are left. */
function placePosts(
  request: HandoverRequest,
  { from, rules }: Pick<HandoverPlan, 'from' | 'rules'>,
  posts: readonly Post[],
  mayUpdate: MayUpdate,
): Post[] {
  const left: Post[] = [];
  for (const post of posts) {
    const fits = ({ to }: RulePlan, place: number): boolean => isForAll(request.rules[place]!) && fitsPost(to, from.role, post);
    const rule = mayUpdate(post.collection) ? rules.find(fits) : undefined;
    if (rule) rule.posts.push(post);
    else left.push(post);
  }
  return left;
}

/** Whether nothing at all would go. */
export const isEmptyPlan = ({ rules }: HandoverPlan): boolean =>
  rules.every(({ roots, posts }) => !posts.length && [...roots.values()].every((rows) => !rows.length));
