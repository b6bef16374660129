import { filterValueFits } from './filter-value.ts';
import { isPlainRecord as isRecord } from './plain-values.ts';
import { afterStep, stepOf, type GuardSchema, type Place, type Step } from './relation-step.ts';
import type { RowRuleOf } from './row-rule.ts';
import { isSecret } from './secret-fields.ts';

/** A query as the host hands it to `*.query`: sanitised, frozen. */
export interface HostQuery {
  fields?: readonly string[] | null;
  search?: string | null;
  filter?: unknown;
  sort?: readonly string[] | null;
  group?: readonly string[] | null;
  aggregate?: Readonly<Record<string, readonly string[]>> | null;
  deep?: unknown;
  alias?: Readonly<Record<string, string>> | null;
  limit?: number | null;
  page?: number | null;
  offset?: number | null;
  export?: string | null;
  version?: string | null;
}

export type QueryFault =
  /** A step that would tell of rows the caller may not read. */
  | { reason: 'foreign_step'; path: string }
  /** Something the host cannot do and answers with a server error. */
  | { reason: 'not_possible'; path: string }
  /** A value that does not fit the column's type. */
  | { reason: 'bad_value'; path: string };

export interface QueryGuard {
  schema: GuardSchema;
  ruleOf: RowRuleOf;
  /** Collections whose rows this caller could learn about; everything else is not ours to judge. */
  isGuarded(collection: string): boolean;
  /**
   * Whether a column may be compared for every row the caller reads. The host asks only whether it may be read in some
   * row, and people have more columns on their own row than on others'.
   */
  mayCompare(collection: string, field: string): boolean;
}

type Path = readonly string[];

const isOperator = (key: string) => key.startsWith('_') && !['_and', '_or', '_some', '_none'].includes(key);
const foreign = (path: Path): QueryFault => ({ reason: 'foreign_step', path: path.join('.') });
const notPossible = (path: Path): QueryFault => ({ reason: 'not_possible', path: path.join('.') });

/** The first fault among `items`, lazily. */
function firstFault<Item>(items: Iterable<Item>, check: (item: Item) => QueryFault | null): QueryFault | null {
  for (const item of items) {
    const fault = check(item);
    if (fault) return fault;
  }
  return null;
}

const AGGREGATES = new Set(['count', 'countAll', 'countDistinct', 'sum', 'sumDistinct', 'avg', 'avgDistinct', 'min', 'max']);
/** Rows that an offset may skip; more overflows the database's integers. */
const FARTHEST_ROW = 2 ** 40;

/**
 * Whether a query may run (design.md 3): it is refused where a filter, sort, group, aggregate or nested query steps into
 * rows that the caller may not read. `null` means it may. Refused, never rewritten: the host's counts use the original.
 */
export function findQueryFault(guard: QueryGuard, collection: string, query: HostQuery): QueryFault | null {
  const place: Place = { collection, known: guard.isGuarded(collection) ? guard.ruleOf(collection) : 'all' };
  return pageFault(query) ?? levelFault(guard, place, query, []) ?? deepFault(guard, place, query.deep, query.alias, []);
}

function pageFault({ limit, page, offset }: HostQuery): QueryFault | null {
  const skipped = (page ?? 1) > 1 ? (page ?? 1) * Math.max(limit ?? 1, 1) : 0;
  return skipped > FARTHEST_ROW || (offset ?? 0) > FARTHEST_ROW ? notPossible(['page']) : null;
}

/** Filter, sort, group, aggregate and other names of one level. */
function levelFault(guard: QueryGuard, place: Place, query: HostQuery, path: Path): QueryFault | null {
  const aggregates = new Set(Object.keys(query.aggregate ?? {}));
  return (
    filterFault(guard, place, query.filter, path) ??
    firstFault(query.sort ?? [], (sort) => sortFault(guard, place, sort, aggregates, path)) ??
    firstFault(query.group ?? [], (group) => columnFault(guard, place, group, [...path, group])) ??
    aliasFault(place, query.alias, path) ??
    aggregateFault(guard, place, query.aggregate ?? {}, path)
  );
}

function filterFault(guard: QueryGuard, place: Place, filter: unknown, path: Path): QueryFault | null {
  if (!isRecord(filter)) return null;
  return firstFault(Object.entries(filter), ([key, value]) => {
    if (key === '_and' || key === '_or')
      return Array.isArray(value) ? firstFault(value, (inner) => filterFault(guard, place, inner, path)) : notPossible([...path, key]);
    return isOperator(key) ? null : keyFault(guard, place, key, value, [...path, key]);
  });
}

function keyFault(guard: QueryGuard, place: Place, key: string, value: unknown, path: Path): QueryFault | null {
  if (!key.startsWith('$FOLLOW') && !guard.mayCompare(place.collection, columnOf(key))) return foreign(path);
  if (key.includes('(') && !key.startsWith('$FOLLOW')) return functionFault(guard, place, key, path);
  const step = stepOf(guard.schema, place.collection, key);
  if (step === 'bad') return foreign(path);
  if (!step) return valueFault(guard, place, key, value, path);
  return step.direction === 'one' ? oneFault(guard, place, key, step, value, path) : manyFault(guard, place, step, value, path);
}

/** Along a foreign key: comparing the key itself, or the target's primary key, says nothing that the row does not say. */
function oneFault(guard: QueryGuard, place: Place, key: string, step: Step, value: unknown, path: Path): QueryFault | null {
  if (!isRecord(value)) return valueFault(guard, place, key, value, path);
  return firstFault(Object.entries(value), ([inner, compared]) => {
    if (isOperator(inner)) return valueFault(guard, place, key, { [inner]: compared }, path);
    if (inner === guard.schema.primaryOf(step.target) && (!isRecord(compared) || Object.keys(compared).every(isOperator))) {
      return valueFault(guard, { collection: step.target, known: 'all' }, inner, compared, [...path, inner]);
    }
    return behindStep(guard, place, step, { [inner]: compared }, path);
  });
}

/** To rows that point here: `_some` and `_none` look only at rows the caller may read, all else joins every row. */
function manyFault(guard: QueryGuard, place: Place, step: Step, value: unknown, path: Path): QueryFault | null {
  const rule = guard.isGuarded(step.target) ? guard.ruleOf(step.target) : 'all';
  if (!isRecord(value)) return behindStep(guard, place, step, {}, path);
  return firstFault(Object.entries(value), ([inner, compared]) => {
    if (inner !== '_some' && inner !== '_none') return behindStep(guard, place, step, { [inner]: compared }, path);
    if (rule === 'none') return foreign(path);
    return filterFault(guard, { collection: step.target, known: rule }, compared, [...path, inner]);
  });
}

function behindStep(guard: QueryGuard, place: Place, step: Step, inner: unknown, path: Path): QueryFault | null {
  const known = guard.isGuarded(step.target) ? afterStep(guard.ruleOf, place, step) : 'all';
  return known ? filterFault(guard, { collection: step.target, known }, inner, path) : foreign(path);
}

/** The column behind a key: `due_on` of `year(due_on)`. */
const columnOf = (key: string) => (key.startsWith('$FOLLOW') ? key : (/\(([^),]*)/.exec(key)?.[1]?.trim() ?? key));

/** `year(due_on)` reads a column, `count(contacts)` counts rows of another collection, hidden ones too. */
function functionFault(guard: QueryGuard, place: Place, key: string, path: Path): QueryFault | null {
  const step = stepOf(guard.schema, place.collection, columnOf(key));
  if (step === null) return null;
  return step === 'bad' ? foreign(path) : step.direction === 'one' ? null : behindStep(guard, place, step, {}, path);
}

function sortFault(guard: QueryGuard, place: Place, sort: string, aggregates: ReadonlySet<string>, path: Path): QueryFault | null {
  const parts = sort.split('.').map((part) => part.replace(/^-/, ''));
  return aggregates.has(parts[0] ?? '') ? null : pathFault(guard, place, parts, [...path, sort]);
}

function pathFault(guard: QueryGuard, place: Place, parts: readonly string[], path: Path): QueryFault | null {
  const [key = '', ...rest] = parts;
  const [next] = rest;
  if (next === undefined) return keyFault(guard, place, key, undefined, path);
  const step = stepOf(guard.schema, place.collection, key);
  if (step === null) return null;
  if (step === 'bad') return foreign(path);
  if (step.direction === 'one' && rest.length === 1 && next === guard.schema.primaryOf(step.target)) return null;
  const known = guard.isGuarded(step.target) ? afterStep(guard.ruleOf, place, step) : 'all';
  return known ? pathFault(guard, { collection: step.target, known }, rest, path) : foreign(path);
}

/** A grouped column: the host has no SQL for a path. */
function columnFault(guard: QueryGuard, place: Place, column: string, path: Path): QueryFault | null {
  if (!guard.isGuarded(place.collection)) return null;
  if (column.split('(')[0]?.includes('.')) return notPossible(path);
  return keyFault(guard, place, column, undefined, path);
}

/** Under another name a cipher would no longer be known for what it is (SEC-1). */
function aliasFault({ collection }: Place, alias: unknown, path: Path): QueryFault | null {
  if (!isRecord(alias)) return null;
  const hidden = Object.values(alias).find((name) => typeof name === 'string' && isSecret(collection, columnOf(name)));
  return typeof hidden === 'string' ? foreign([...path, hidden]) : null;
}

function aggregateFault(
  guard: QueryGuard,
  place: Place,
  aggregate: Readonly<Record<string, readonly string[]>>,
  path: Path,
): QueryFault | null {
  if (!guard.isGuarded(place.collection)) return null;
  return firstFault(Object.entries(aggregate), ([operation, fields]) => {
    if (!AGGREGATES.has(operation)) return notPossible([...path, operation]);
    return firstFault(fields ?? [], (field) => {
      if (field === '*') return null;
      const column = guard.schema.fieldOf(place.collection, field);
      if (!guard.mayCompare(place.collection, field)) return foreign([...path, field]);
      return column && column.type !== 'alias' ? null : notPossible([...path, operation, field]);
    });
  });
}

/** Nested queries: the host applies the caller's row rule to the nested rows, so each level stands on its own rule. */
function deepFault(guard: QueryGuard, place: Place, deep: unknown, alias: unknown, path: Path): QueryFault | null {
  if (!isRecord(deep)) return null;
  return firstFault(Object.entries(deep), ([key, value]) => {
    if (key.startsWith('_') || !isRecord(value)) return null;
    const aliased = isRecord(alias) && typeof alias[key] === 'string' ? [key, alias[key]] : [key];
    return firstFault(aliased, (name) => {
      const step = stepOf(guard.schema, place.collection, name);
      if (!step || step === 'bad') return null;
      const inner: Place = { collection: step.target, known: guard.isGuarded(step.target) ? guard.ruleOf(step.target) : 'all' };
      return levelFault(guard, inner, unprefixed(value), [...path, key]) ?? deepFault(guard, inner, value, value['_alias'], [...path, key]);
    });
  });
}

const unprefixed = (deep: Record<string, unknown>): HostQuery =>
  Object.fromEntries(Object.entries(deep).flatMap(([key, value]) => (key.startsWith('_') ? [[key.slice(1), value]] : [])));

/** A value that the column's type cannot hold: PostgreSQL answers it with an error, which the host calls its own. */
function valueFault(guard: QueryGuard, place: Place, key: string, value: unknown, path: Path): QueryFault | null {
  if (value === undefined || !guard.isGuarded(place.collection)) return null;
  const type = guard.schema.fieldOf(place.collection, key)?.type;
  if (!type) return null;
  const comparisons = isRecord(value) ? Object.entries(value).filter(([operator]) => isOperator(operator)) : [['_eq', value] as const];
  return comparisons.every(([operator, compared]) => filterValueFits(type, operator, compared))
    ? null
    : { reason: 'bad_value', path: path.join('.') };
}
