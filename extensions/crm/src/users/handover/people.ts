import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { belongsTo } from '../../segments/index.ts';
import type { HandoverRequest } from './contract.ts';
import { loadParty, type Party } from './party.ts';
import { handoverRefusal } from './refuse.ts';
import { ownsRoots } from './roots.ts';
import { isInScope, isWithin, scopeOf, type Scope } from './rules/parties.ts';

/** Somebody whom the asker answers for; others answer as nobody (ORG-2). */
async function takerOf(database: Knex, scope: Scope, id: string): Promise<Party> {
  const person = await loadParty(database, id);
  if (!person || !isWithin(scope, person)) throw forbidden();
  return person;
}

/** The same for whoever gives: also who works elsewhere by now and has left work in a segment of the asker's behind (ACC-8). */
export async function giverOf(database: Knex, scope: Scope, id: string): Promise<Party> {
  const person = await loadParty(database, id);
  if (!person || !(isWithin(scope, person) || (await ownsRoots(database, id, scope)))) throw forbidden();
  return person;
}

export function scopeOrRefuse(actor: Actor): Scope {
  const scope = scopeOf(actor);
  if (!scope) throw forbidden();
  return scope;
}

export interface Parties {
  scope: Scope;
  from: Party;
  /** Whoever takes over, by the place of the rule. */
  to: Party[];
}

/** Who hands over to whom, or why that cannot be (ACC-10). */
export async function partiesOf(
  database: Knex,
  actor: Actor,
  { from, rules }: HandoverRequest,
  places: readonly string[],
): Promise<Parties> {
  const scope = scopeOrRefuse(actor);
  const giver = await giverOf(database, scope, from);
  const to: Party[] = [];
  for (const rule of rules) to.push(rule.to === giver.user ? giver : await takerOf(database, scope, rule.to));
  if (!rules.length) throw handoverRefusal('rules_needed', actor.language);
  const all = [...places, ...(giver.homeSegment && isInScope(scope, giver.homeSegment) ? [giver.homeSegment] : [])];
  for (const [place, person] of to.entries()) {
    const refused = (reason: 'same_person' | 'to_inactive' | 'to_elsewhere') =>
      handoverRefusal(reason, actor.language, { rule: place + 1 });
    if (person.user === giver.user) throw refused('same_person');
    if (!person.active || person.role === null) throw refused('to_inactive');
    if (!all.some((segment) => belongsTo(person, segment))) throw refused('to_elsewhere');
  }
  return { scope, from: giver, to };
}
