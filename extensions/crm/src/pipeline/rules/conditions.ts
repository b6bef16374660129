import { COLLECTIONS, type FieldType } from '../../kernel/collections.ts';

/** Why conditions cannot be kept: what in them is not understood. */
export interface ConditionFault {
  reason: 'condition_shape' | 'condition_field' | 'condition_operator' | 'condition_value';
  name: string;
}

type Values = Readonly<Record<string, unknown>>;
type Node = Record<string, unknown>;
type Comparable = string | number | boolean | null;

const FIELDS = COLLECTIONS['crm_opportunities']!.fields;
const DEEPEST = 10;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const isEmpty = (value: unknown) => value === null || value === undefined || value === '';

/** A value as it is compared: numbers of decimals, days and texts as they are written. */
function toComparable(value: unknown, type: FieldType): Comparable {
  if (isEmpty(value)) return null;
  if (type === 'decimal' || type === 'integer') return Number(value);
  if (type === 'boolean') return value === true || value === 'true' || value === 1;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return type === 'date' ? text.slice(0, 10) : text;
}

const ORDERED = {
  _lt: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => one < other,
  _lte: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => one <= other,
  _gt: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => one > other,
  _gte: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => one >= other,
};

const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []);

type Test = (has: Comparable, wanted: unknown, type: FieldType) => boolean;

const ordered =
  (test: (one: NonNullable<Comparable>, other: NonNullable<Comparable>) => boolean): Test =>
  (has, wanted, type) => {
    const other = toComparable(wanted, type);
    return has !== null && other !== null && test(has, other);
  };

const isIn: Test = (has, wanted, type) => has !== null && listed(wanted).some((one) => toComparable(one, type) === has);
const isEqual: Test = (has, wanted, type) => has !== null && has === toComparable(wanted, type);

const TESTS: Readonly<Record<string, Test>> = {
  _eq: isEqual,
  _neq: (has, wanted, type) => !isEqual(has, wanted, type),
  _lt: ordered(ORDERED._lt),
  _lte: ordered(ORDERED._lte),
  _gt: ordered(ORDERED._gt),
  _gte: ordered(ORDERED._gte),
  _in: isIn,
  _nin: (has, wanted, type) => !isIn(has, wanted, type),
  _null: (has, wanted) => (has === null) === (wanted !== false),
  _nnull: (has, wanted) => (has !== null) === (wanted !== false),
  _empty: (has, wanted) => (has === null) === (wanted !== false),
  _nempty: (has, wanted) => (has !== null) === (wanted !== false),
  _contains: (has, wanted) => has !== null && String(has).includes(String(wanted)),
  _between: (has, wanted, type) => {
    const [low, high] = listed(wanted);
    return ordered(ORDERED._gte)(has, low, type) && ordered(ORDERED._lte)(has, high, type);
  },
};

/** The operators that conditions may use, for whoever uses another. */
export const OPERATORS: readonly string[] = Object.keys(TESTS);

const WITHOUT_VALUE = ['_null', '_nnull', '_empty', '_nempty'];

function isReadable(operator: string, wanted: unknown, type: FieldType): boolean {
  if (WITHOUT_VALUE.includes(operator)) return typeof wanted === 'boolean';
  const values = ['_in', '_nin', '_between'].includes(operator) ? listed(wanted) : [wanted];
  if (operator === '_between' && values.length !== 2) return false;
  return values.length > 0 && values.every((one) => isValueOf(one, type));
}

/** A value that stands for itself; `$NOW` and its like mean something else on every day. */
function isValueOf(value: unknown, type: FieldType): boolean {
  if (typeof value === 'string' && value.startsWith('$')) return false;
  if (type === 'boolean') return typeof value === 'boolean' || value === 'true' || value === 'false';
  if (typeof value !== 'string' && typeof value !== 'number') return false;
  if (type === 'decimal' || type === 'integer') return value !== '' && Number.isFinite(Number(value));
  return type !== 'date' || /^\d{4}-\d{2}-\d{2}/u.test(String(value));
}

/**
 * What of a stage's conditions is not understood, when they are saved (SAL-2): only the opportunity's own fields, and
 * only operators that mean the same here as in the host's filters. Nothing, `null` and `{}` ask for nothing.
 */
export function conditionFault(conditions: unknown, depth = 0): ConditionFault | null {
  if (conditions === null || conditions === undefined) return null;
  if (!isNode(conditions) || depth > DEEPEST) return { reason: 'condition_shape', name: '' };
  for (const [name, inner] of Object.entries(conditions)) {
    const fault = name === '_and' || name === '_or' ? groupFault(inner, depth) : fieldFault(name, inner);
    if (fault) return fault;
  }
  return null;
}

function groupFault(list: unknown, depth: number): ConditionFault | null {
  if (!Array.isArray(list)) return { reason: 'condition_shape', name: '' };
  for (const one of list) {
    const fault = isNode(one) ? conditionFault(one, depth + 1) : { reason: 'condition_shape' as const, name: '' };
    if (fault) return fault;
  }
  return null;
}

function fieldFault(name: string, tests: unknown): ConditionFault | null {
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (!field || field.secret) return { reason: 'condition_field', name };
  if (!isNode(tests)) return { reason: 'condition_shape', name };
  for (const [operator, wanted] of Object.entries(tests)) {
    if (!operator.startsWith('_') || operator === '_some' || operator === '_none')
      return { reason: 'condition_field', name: `${name}.${operator}` };
    if (!Object.hasOwn(TESTS, operator)) return { reason: 'condition_operator', name: operator };
    if (!isReadable(operator, wanted, field.type)) return { reason: 'condition_value', name: `${name} ${operator}` };
  }
  return null;
}

/**
 * Whether an opportunity meets a stage's conditions (SAL-2). A field without a value equals nothing and contains nothing.
 * Conditions that are not understood, which a saved stage does not have, are met by nobody.
 */
export function meets(conditions: unknown, values: Values): boolean {
  if (conditions === null || conditions === undefined) return true;
  return conditionFault(conditions) === null && meetsNode(conditions as Node, values);
}

function meetsNode(node: Node, values: Values): boolean {
  return Object.entries(node).every(([name, inner]) => {
    if (name === '_and') return (inner as Node[]).every((one) => meetsNode(one, values));
    if (name === '_or') return !(inner as Node[]).length || (inner as Node[]).some((one) => meetsNode(one, values));
    const { type } = FIELDS[name]!;
    return Object.entries(inner as Node).every(([operator, wanted]) => TESTS[operator]!(toComparable(values[name], type), wanted, type));
  });
}
