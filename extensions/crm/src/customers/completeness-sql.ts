import { COLLECTIONS } from '../kernel/collections.ts';
import type { Knex } from '../platform/api/host.ts';
import { CONTACT_WAYS, isRelatedFact, type RelatedFact } from './rules/facts.ts';
import type { Requirement } from './rules/required-set.ts';

/** A piece of SQL with its bound parameters, in the words that SQLite, PostgreSQL and CockroachDB share. */
export interface Sql {
  sql: string;
  bindings: readonly (string | number | boolean)[];
}

const join = (parts: readonly Sql[], between: string, empty: string): Sql => ({
  sql: parts.length ? `(${parts.map(({ sql }) => sql).join(between)})` : empty,
  bindings: parts.flatMap(({ bindings }) => bindings),
});

const every = (parts: readonly Sql[]) => join(parts, ' AND ', '(1 = 1)');
const some = (parts: readonly Sql[]) => join(parts, ' OR ', '(1 = 0)');

const CONTACTS = `FROM crm_contacts k WHERE k.customer = crm_customers.id AND k.status <> 'archived'`;

const WAYS = CONTACT_WAYS.map((way) => `(k.${way} IS NOT NULL AND k.${way} <> '')`).join(' OR ');

const RELATED: Record<RelatedFact, Sql> = {
  contacts: { sql: `EXISTS (SELECT 1 ${CONTACTS})`, bindings: [] },
  reachable_contact: { sql: `EXISTS (SELECT 1 ${CONTACTS} AND (${WAYS}))`, bindings: [] },
  related_contacts: { sql: `(SELECT COUNT(*) ${CONTACTS}) > 1`, bindings: [] },
  decision_maker: { sql: `EXISTS (SELECT 1 ${CONTACTS} AND k.is_decision_maker = ?)`, bindings: [true] },
  tags: { sql: 'EXISTS (SELECT 1 FROM crm_customers_tags t WHERE t.customer = crm_customers.id)', bindings: [] },
};

/** Column names come from the model only, so they stand in the SQL as they are. */
function filledColumn(collection: string, alias: string, name: string): Sql {
  const fields = COLLECTIONS[collection]!.fields;
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
  if (!field) return { sql: '(1 = 0)', bindings: [] };
  const column = `${alias}.${name}`;
  if (field.type === 'boolean') return { sql: `${column} = ?`, bindings: [true] };
  const isText = field.type === 'string' || field.type === 'text';
  return isText ? { sql: `(${column} IS NOT NULL AND ${column} <> '')`, bindings: [] } : { sql: `${column} IS NOT NULL`, bindings: [] };
}

const isTrue = (fact: string): Sql => (isRelatedFact(fact) ? RELATED[fact] : filledColumn('crm_customers', 'crm_customers', fact));

/** The query form of `computeCompleteness`; a differential test holds the two equal. */
export function completenessSql(weights: ReadonlyMap<string, number>): Sql {
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return { sql: 'CAST(0 AS INTEGER)', bindings: [] };
  const terms = [...weights].map(([fact, weight]): Sql => {
    const filled = isTrue(fact);
    return { sql: `CASE WHEN ${filled.sql} THEN CAST(? AS INTEGER) ELSE 0 END`, bindings: [...filled.bindings, weight] };
  });
  const sum = join(terms, ' + ', '0');
  const doubled: Sql = { sql: `(200 * ${sum.sql} + CAST(? AS INTEGER))`, bindings: [...sum.bindings, total] };
  // Subtracting the rest first makes the division exact, whether or not a database divides integers as integers.
  return {
    sql: `CAST((${doubled.sql} - ${doubled.sql} % CAST(? AS INTEGER)) / CAST(? AS INTEGER) AS INTEGER)`,
    bindings: [...doubled.bindings, ...doubled.bindings, 2 * total, 2 * total],
  };
}

/** The query form of `decideStatus`: whether everything that is asked is filled in. */
export function completeSql(requirement: Requirement | null): Sql {
  if (!requirement) return filledColumn('crm_customers', 'crm_customers', 'name');
  const fields = requirement.fields.map((field) => some(field.split('|').map(isTrue)));
  const asked = requirement.contact_fields.map((field) => some(field.split('|').map((name) => filledColumn('crm_contacts', 'k', name))));
  const contact = every(asked);
  const reached: Sql[] = asked.length ? [{ sql: `EXISTS (SELECT 1 ${CONTACTS} AND ${contact.sql})`, bindings: contact.bindings }] : [];
  return every([...fields, ...reached]);
}

export const toRaw = (database: Knex, { sql, bindings }: Sql) => database.raw(sql, [...bindings]);
