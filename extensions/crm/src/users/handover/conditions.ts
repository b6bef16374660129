import type { Actor } from '../../platform/api/actor.ts';
import type { Accountability, Row, SchemaOverview } from '../../platform/api/host.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { say } from '../../platform/api/say.ts';
import { BAD_FILTER } from './locale/refusals.ts';
import type { HandoverPorts } from './ports.ts';
import { handoverRefusal } from './refuse.ts';
import { collectionOf } from './rules/match-rules.ts';
import { isVague, steadyCondition } from './rules/steady-condition.ts';
import type { HandoverRequest } from './contract.ts';

/** Who asks, as the host knows them: conditions are read with the caller's own rights. */
export interface Caller {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
  /** The conditions as the host reads them, in the order of the rules that have one. */
  conditions: readonly Row[];
}

const SERVER_FAULT = 500;
/** What a statement says of its own values: the condition asked for something that no column holds. */
const OF_A_VALUE = /^(?:22|42)\w{3}$/u;

/** Whether the condition is what is wrong, and not the server. */
function isOfCondition(error: unknown): boolean {
  const { status, code, name } = (error ?? {}) as { status?: unknown; code?: unknown; name?: unknown };
  if (name === 'DirectusError') return Number(status) < SERVER_FAULT;
  return OF_A_VALUE.test(String(code));
}

/**
 * The rows of `from` that the condition of each rule picks, by the place of the rule; absent for rules without one. Asked of the host
 * as the caller's own list would be: row rules, fields and the guard's rules on queries hold here too (ORG-2, F16).
 */
export async function rowsByCondition(
  { context: { services, database } }: HandoverPorts,
  { actor, accountability, schema, conditions }: Caller,
  { from, rules }: HandoverRequest,
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const found = new Map<number, ReadonlySet<string>>();
  let next = 0;
  for (const [place, rule] of rules.entries()) {
    if (!rule.where) continue;
    const refused = (why: string) => handoverRefusal('bad_filter', actor.language, { rule: place + 1, why });
    if (Object.keys(rule.where).length && isVague(rule.where)) throw refused(say(BAD_FILTER, actor.language));
    const condition = steadyCondition(conditions[next] ?? { id: { _null: true } }) as Row;
    next += 1;
    const service = new services.ItemsService(collectionOf(rule)!, { accountability, schema, knex: database });
    const rows = await service
      .readByQuery({ fields: ['id'], filter: { _and: [condition, { owner: { _eq: from } }] }, limit: -1 })
      .catch((error: unknown) => {
        if (!isOfCondition(error)) throw error as Error;
        throw refused(error instanceof Refusal ? error.message : say(BAD_FILTER, actor.language));
      });
    found.set(place, new Set(rows.map(({ id }) => String(id))));
  }
  return found;
}
