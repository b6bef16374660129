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
const LEFT_OUT = new Set(['id', 'segment', 'name_hint', 'user_created', 'date_updated', 'user_updated', 'pending_import']);

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

/** A field that an administrator added, as the host's schema has it. */
export interface AddedField {
  type: string;
  /** The collection that it points to. */
  to: string | null;
}

const ADDED_KINDS: Readonly<Record<string, ColumnKind>> = {
  integer: 'number',
  decimal: 'number',
  float: 'number',
  boolean: 'yes_no',
  date: 'day',
  timestamp: 'moment',
};

const planLink = (field: string, to: string): ColumnPlan => ({
  field,
  kind: 'link',
  to,
  paths: ['id', ...namesOf(to)].map((name) => `${field}.${name}`),
});

/** How a field is read and shown; of one that an administrator added the host's schema says it. */
export function planColumn(collection: string, field: string, added: AddedField | null = null): ColumnPlan {
  const info = COLLECTIONS[collection]?.fields[field];
  const junction = COLLECTIONS[collection]?.lists[field];
  if (junction?.junction) {
    const to = COLLECTIONS[junction.collection]?.fields[junction.junction]?.relation?.to ?? '';
    return { field, kind: 'links', to, paths: namesOf(to).map((name) => `${field}.${junction.junction}.${name}`) };
  }
  const to = info ? info.relation?.to : added?.to;
  if (to && namesOf(to).length) return planLink(field, to);
  const usual = info ? KINDS[info.type] : ADDED_KINDS[added?.type ?? ''];
  const kind = info?.choices ? 'choice' : (usual ?? 'text');
  return { field, kind, to: null, paths: [field] };
}

/** Whether a field holds rows through a table of links: tags of a customer. */
export const isList = (collection: string, field: string): boolean => COLLECTIONS[collection]?.lists[field]?.junction !== undefined;

/** Whether a field can be a column at all: no lists of other rows, no files, nothing that nobody reads (SEC-1). */
export function canBeColumn(collection: string, field: string, added: AddedField | null = null): boolean {
  if (COLLECTIONS[collection]?.lists[field]) return isList(collection, field);
  const info = COLLECTIONS[collection]?.fields[field];
  if (info) return !(info.secret || info.relation?.kind === 'file');
  return added === null || !(added.type === 'alias' || added.to === 'directus_files');
}

/** What cannot be written in a cell for people: it is a column where somebody asks for it. */
const STRUCTURES: readonly string[] = ['json', 'geometry'];

/**
 * The columns of an export that names none: what the caller reads of such a row, in the order of the form, then what the
 * administrator added. The segment only for those who see several.
 *
 * @param addedOf what the host's schema says of a field that is not in the model.
 */
export function usualColumns(
  collection: string,
  readable: ReadonlySet<string>,
  seesSeveral: boolean,
  addedOf: (field: string) => AddedField | null = () => null,
): string[] {
  const { fields, lists } = COLLECTIONS[collection]!;
  const isUsual = (field: string) =>
    readable.has(field) && canBeColumn(collection, field) && (!LEFT_OUT.has(field) || (field === 'segment' && seesSeveral));
  const own = Object.keys(fields).filter((field) => isUsual(field) && fields[field]!.type !== 'json');
  const tags = Object.keys(lists).filter((list) => isUsual(list));
  const added = [...readable].filter((field) => {
    if (Object.hasOwn(fields, field) || Object.hasOwn(lists, field)) return false;
    const info = addedOf(field);
    return canBeColumn(collection, field, info) && !STRUCTURES.includes(info?.type ?? '');
  });
  return [...own, ...tags, ...added];
}
