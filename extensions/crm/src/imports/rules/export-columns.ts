import { COLLECTIONS, type FieldInfo } from '../../kernel/collections.ts';

/** What people work on; logs, settings and what the server keeps for itself have lists of their own. */
export const EXPORTABLE = [
  'crm_customers',
  'crm_contacts',
  'crm_leads',
  'crm_opportunities',
  'crm_activities',
  'crm_orders',
  'crm_order_lines',
  'crm_contracts',
  'crm_targets',
] as const;
export type Exportable = (typeof EXPORTABLE)[number];

/** How the value of a column becomes a cell. */
export type ColumnKind = 'text' | 'number' | 'yes_no' | 'choice' | 'day' | 'moment' | 'link' | 'links';

/** A column of an export before it has a heading. */
export interface ColumnPlan {
  field: string;
  kind: ColumnKind;
  /** For links: the table behind it. */
  to: string | null;
  /** What the host is asked for. */
  paths: readonly string[];
}

/** Kept by the host or the server, and of no use on paper. */
const LEFT_OUT = new Set(['id', 'segment', 'name_hint', 'user_created', 'date_updated', 'user_updated']);

/** What a linked row is called by, the first that it has. */
const NAMES = ['full_name', 'name', 'title', 'subject', 'number'];
const EXTRA_NAMES: Readonly<Record<string, readonly string[]>> = {
  directus_users: ['first_name', 'last_name'],
  crm_industries: ['code', 'name', 'name_en'],
};

const namesOf = (collection: string): readonly string[] => {
  const own = EXTRA_NAMES[collection];
  if (own) return own;
  const fields = COLLECTIONS[collection]?.fields ?? {};
  return NAMES.filter((name) => Object.hasOwn(fields, name)).slice(0, 1);
};

const KINDS: Partial<Record<FieldInfo['type'], ColumnKind>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'yes_no',
  date: 'day',
  timestamp: 'moment',
};

/** How a field is read and shown; a field that an administrator added is shown as it is stored. */
export function planColumn(collection: string, field: string): ColumnPlan {
  const info = COLLECTIONS[collection]?.fields[field];
  const junction = COLLECTIONS[collection]?.lists[field];
  if (junction?.junction) {
    const to = COLLECTIONS[junction.collection]?.fields[junction.junction]?.relation?.to ?? '';
    return { field, kind: 'links', to, paths: namesOf(to).map((name) => `${field}.${junction.junction}.${name}`) };
  }
  const to = info?.relation?.to;
  const names = to ? namesOf(to) : [];
  if (to && names.length) return { field, kind: 'link', to, paths: ['id', ...names].map((name) => `${field}.${name}`) };
  const kind = info?.choices ? 'choice' : ((info && KINDS[info.type]) ?? 'text');
  return { field, kind, to: null, paths: [field] };
}

/** Whether a field holds rows through a table of links: tags of a customer. */
export const isList = (collection: string, field: string): boolean => COLLECTIONS[collection]?.lists[field]?.junction !== undefined;

/** Whether a field can be a column at all: no lists of other rows, no files, nothing that nobody reads (SEC-1). */
export function canBeColumn(collection: string, field: string): boolean {
  if (COLLECTIONS[collection]?.lists[field]) return isList(collection, field);
  const info = COLLECTIONS[collection]?.fields[field];
  return !info || !(info.secret || info.relation?.kind === 'file');
}

/**
 * The columns of an export that names none: what the caller reads of such a row, in the order of the form, then what the
 * administrator added. The segment only for those who see several.
 */
export function usualColumns(collection: string, readable: ReadonlySet<string>, seesSeveral: boolean): string[] {
  const { fields, lists } = COLLECTIONS[collection]!;
  const isUsual = (field: string) =>
    readable.has(field) && canBeColumn(collection, field) && (!LEFT_OUT.has(field) || (field === 'segment' && seesSeveral));
  const own = Object.keys(fields).filter((field) => isUsual(field) && fields[field]!.type !== 'json');
  const tags = Object.keys(lists).filter((list) => isUsual(list));
  const added = [...readable].filter((field) => !Object.hasOwn(fields, field) && !Object.hasOwn(lists, field));
  return [...own, ...tags, ...added];
}
