import { forbidden } from '../platform/api/refusal.ts';
import { callerOf, isGuardedFor, isHostCollection, isOurs, languageOf, type Caller } from './caller.ts';
import { guardSchemaOf } from './host-schema.ts';
import { assertIsolation } from './doctor/state.ts';
import type { SchemaOverview } from '../platform/api/host.ts';
import type { GuardPorts, GuardRegister } from './ports.ts';
import { queryRefusal, refusal } from './refuse.ts';
import { isSecret, namesSecret } from './rules/secret-fields.ts';
import { tellsNothing } from './rules/closed-paths.ts';
import { isPlainRecord } from './rules/plain-values.ts';
import { findQueryFault, type HostQuery, type QueryGuard } from './rules/query-guard.ts';

/**
 * Judges every read of the host before it becomes SQL: lists, single rows, GraphQL, exports, system collections. One
 * listener for all scopes (`items.query`, `users.query` …). No query of its own unless it refuses. LEAK 3, §13.
 */
export function registerQueryGuard({ filter }: Pick<GuardRegister, 'filter'>, ports: GuardPorts): void {
  filter('*.query', async (original: HostQuery, { collection }, { accountability, schema, database }) => {
    const caller = callerOf(accountability);
    if (!schema || typeof collection !== 'string') return original;
    if (!caller) return namesSecret(original) ? inside(original, collection, schema) : original;
    const query = standing(original);
    const isGuarded = isGuardedFor(caller);
    if (!caller.admin && (isOurs(collection) || (caller.role && !(isHostCollection(collection) && tellsNothing(collection, query)))))
      assertIsolation();
    if (caller.share && isOurs(collection)) throw forbidden();
    if (query.version && query.version !== 'main' && isOurs(collection)) throw forbidden();
    if (query.export && isGuarded(collection)) throw refusal('native_export', await languageOf(database, accountability));
    const fault = findQueryFault({ schema: guardSchemaOf(schema), isGuarded, ...rightsOf(caller, ports) }, collection, query);
    if (fault) throw queryRefusal(fault, await languageOf(database, accountability));
    return query;
  });
}

/**
 * Internal reads of the host are free, but for what nobody compares: "by query" changes and flows look rows up without the
 * rights of whoever sent the query, the technical administrator included (LEAK 2, SEC-1).
 */
function inside(original: HostQuery, collection: string, schema: SchemaOverview): HostQuery {
  const query = standing(original);
  const guard = { schema: guardSchemaOf(schema), isGuarded: isOurs, ruleOf: () => 'all' as const, mayCompare: isNoSecret };
  const fault = findQueryFault(guard, collection, query);
  if (fault?.reason === 'foreign_step' && namesSecret(fault)) throw queryRefusal(fault, null);
  return query;
}

const isNoSecret = (collection: string, field: string): boolean => !isSecret(collection, field);

/**
 * The host parses nested queries without waiting for them and adds what comes late to the object it has handed out: what
 * was judged is what must run, so the nested part is copied first. The host puts an empty one on every query; copying that,
 * too, would cost each list half a millisecond (ADR 0017).
 */
function standing(query: HostQuery): HostQuery {
  if (query.deep === undefined || query.deep === null) return query;
  const isEmpty = isPlainRecord(query.deep) && !Object.keys(query.deep).length;
  return { ...query, deep: isEmpty ? {} : structuredClone(query.deep) };
}

/** Ciphers and their indexes are compared by nobody, the technical administrator included: equal ones would be found (SEC-1). */
function rightsOf({ admin, role }: Caller, ports: GuardPorts): Pick<QueryGuard, 'ruleOf' | 'mayCompare'> {
  if (admin) return { ruleOf: () => 'all', mayCompare: isNoSecret };
  return {
    ruleOf: (collection) => ports.rowRuleOf(role, collection),
    mayCompare: (collection, field) => !isSecret(collection, field) && (role === null || ports.mayCompare(role, collection, field)),
  };
}
