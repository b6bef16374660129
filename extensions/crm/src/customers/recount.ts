import type { Knex } from '../platform/api/host.ts';
import { holdRows } from './hold-rows.ts';
import { recountNotes, toList } from './recount-notes.ts';
import { completenessSql, completeSql, toRaw, type Sql } from './completeness-sql.ts';
import { weightsFor, type Weight } from './rules/completeness.ts';
import { requirementFor, type Axes, type RequiredSet } from './rules/required-set.ts';

/** Which customers to recount: some by key, those of a segment, or all. */
export interface RecountScope {
  customers?: readonly string[];
  segment?: string | null;
}

/**
 * Brings completeness (CUS-5) and draft/active (Q19) of the customers in scope up to date, by set-based SQL in the
 * caller's transaction; idempotent, so it serves a write, an administrator's change of the rules, the command line and
 * demo data alike.
 *
 * A customer becomes active by itself when everything that is required is there. It goes back to draft only when somebody edits
 * it so that something required is missing (`demote`): a rule that an administrator tightens must not turn a thousand
 * customers into drafts overnight. Archived and merged customers keep their state.
 *
 * @returns how many customers changed.
 */
export async function recountCompleteness(database: Knex, scope: RecountScope = {}, { demote = false } = {}): Promise<number> {
  if (scope.customers) await holdRows(database, 'crm_customers', scope.customers);
  const [sets, weights] = [await loadRequiredSets(database), await loadWeights(database)];
  const inScope = (query: Knex.QueryBuilder) => {
    if (scope.customers) void query.whereIn('crm_customers.id', [...scope.customers]);
    if (scope.segment) void query.where('crm_customers.segment', scope.segment);
    return query;
  };
  const axes: Axes[] = await inScope(database('crm_customers').distinct('class', 'kind', 'segment'));
  let changed = 0;
  for (const group of groupByRule(axes, sets, weights)) {
    const completeness = toRaw(database, group.completeness);
    const status = statusAfter(database, group.complete, demote);
    const query = inScope(database('crm_customers')).where((either) => {
      for (const one of group.axes) void either.orWhere({ class: one.class, kind: one.kind, segment: one.segment });
    });
    changed += await query
      .where((differs) => void differs.where('completeness', '<>', completeness).orWhere('status', '<>', status))
      .update({ completeness, status });
  }
  return changed + (await recountNotes(database, inScope, sets));
}

interface RuleGroup {
  axes: Axes[];
  completeness: Sql;
  complete: Sql;
}

function groupByRule(axes: readonly Axes[], sets: readonly RequiredSet[], weights: readonly Weight[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const one of axes) {
    const requirement = requirementFor(sets, one);
    const effective = weightsFor(weights, one);
    const key = JSON.stringify([requirement, [...effective]]);
    const group = groups.get(key) ?? { axes: [], completeness: completenessSql(effective), complete: completeSql(requirement) };
    group.axes.push(one);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function statusAfter(database: Knex, complete: Sql, demote: boolean) {
  const decided = `CASE WHEN status NOT IN ('draft', 'active') THEN status WHEN ${complete.sql} THEN 'active' ELSE ${demote ? `'draft'` : 'status'} END`;
  return toRaw(database, { sql: decided, bindings: complete.bindings });
}

export async function loadRequiredSets(database: Knex): Promise<RequiredSet[]> {
  const rows: RequiredSet[] = await database('crm_required_sets').select('id', 'class', 'kind', 'segment', 'fields', 'contact_fields');
  return rows.map((row) => ({ ...row, fields: toList(row.fields), contact_fields: toList(row.contact_fields) }));
}

export async function loadWeights(database: Knex): Promise<Weight[]> {
  return database('crm_completeness_weights').select('field', 'weight', 'segment').orderBy(['field', 'id']);
}
