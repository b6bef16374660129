import { COLLECTIONS } from '../../kernel/collections.ts';
import { isSecret } from './secret-fields.ts';

/** What the host's schema says of a column, narrowed to what a change may not touch. */
export interface InstalledColumn {
  type: string;
  nullable: boolean;
  special: readonly string[];
  defaultValue?: unknown;
  /** As the model has it; absent where the column has no length of its own. */
  length?: number | undefined;
}

/** Which fields and collections came with the product; everything else is the administrator's own. */
export interface Installed {
  isCollection(collection: string): boolean;
  isField(collection: string, field: string): boolean;
}

type Change = Record<string, unknown>;
const isRecord = (value: unknown): value is Change => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What of a column's schema an administrator may set: its comment and its index. */
const FREE = ['comment', 'is_indexed'];
/** Said by the host about a column and sent back by the Studio as it was; changing them has no effect by itself. */
const ECHOED = [
  'name',
  'table',
  'schema',
  'data_type',
  'numeric_precision',
  'numeric_scale',
  'generation_expression',
  'is_generated',
  'has_auto_increment',
  'is_primary_key',
  'foreign_key_schema',
  'foreign_key_table',
  'foreign_key_column',
];

/**
 * Whether a change of one of our fields stays with what an administrator may do: labels, notes, how it shows and where
 * it stands in the form. Type, emptiness, uniqueness and length belong to the product.
 */
export function mayChangeField(current: InstalledColumn, change: Change): boolean {
  if (change['type'] !== undefined && change['type'] !== current.type) return false;
  const { meta, schema } = change;
  if (isRecord(meta) && meta['special'] !== undefined && !sameSpecial(current.special, meta['special'])) return false;
  if (!isRecord(schema)) return true;
  return Object.entries(schema).every(([name, value]) => {
    if (name === 'is_nullable') return value === current.nullable;
    if (name === 'default_value') return same(value, current.defaultValue);
    if (name === 'max_length') return value === null || current.length === undefined || value === current.length;
    if (name === 'is_unique') return value === false;
    return FREE.includes(name) || ECHOED.includes(name);
  });
}

const same = (one: unknown, other: unknown) => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const sameSpecial = (current: readonly string[], sent: unknown) =>
  JSON.stringify([...current].sort()) === JSON.stringify((Array.isArray(sent) ? [...sent] : []).sort());

/** The one field of ours that is an order of rows; the host's sorting writes the numbers of whichever it is told. */
const ORDER = 'sort';

const isOrder = (collection: string, field: unknown): boolean =>
  field === undefined ||
  field === null ||
  field === ORDER ||
  (typeof field === 'string' && COLLECTIONS[collection] !== undefined && !Object.hasOwn(COLLECTIONS[collection].fields, field));

/**
 * Whether a change of one of our collections keeps what the product relies on: its history, its plain versions, and numbers
 * that no sorting of rows changes. Collections of the host have no order that is not there already.
 */
export function mayChangeCollection(collection: string, meta: Change): boolean {
  const history = !('accountability' in meta) || meta['accountability'] === 'all';
  return history && meta['versioning'] !== true && meta['singleton'] !== true && isOrder(collection, meta['sort_field']);
}

/** Whether a relation would hang on a cipher or an index, or order its rows by one: equal values would be found (SEC-1). */
export const relationComparesSecret = (collection: unknown, { field, sort }: { field: unknown; sort: unknown }): boolean =>
  isSecretName(collection, field) || isSecretName(collection, sort);

const isSecretName = (collection: unknown, field: unknown): boolean =>
  typeof collection === 'string' && typeof field === 'string' && isSecret(collection, field);

/** Whether a `/schema/apply` body touches what we installed: only additions of others pass. */
export function touchesInstalled(installed: Installed, body: unknown): boolean {
  const diff = isRecord(body) && isRecord(body['diff']) ? body['diff'] : null;
  if (!diff) return false;
  const entries = (name: string) => (Array.isArray(diff[name]) ? (diff[name] as unknown[]).filter(isRecord) : []);
  return (
    entries('collections').some((one) => installed.isCollection(String(one['collection']))) ||
    [...entries('fields'), ...entries('relations'), ...entries('systemFields')].some((one) =>
      installed.isField(String(one['collection']), String(one['field'])),
    )
  );
}
