/**
 * The words in which the data model is written. One file per collection in `model/`, one source for SQLite and
 * PostgreSQL; the installer creates what these say, the access matrix, the guard and the isolation tests read them.
 */

/** A text in both languages of the product; Chinese comes first. */
export interface Text {
  zh: string;
  en: string;
}

/**
 * Who a row belongs to. Every collection has exactly one:
 * - `owned`     NOT NULL `segment`, and an `owner`: a person works it (customers, leads, activities …)
 * - `segmental` NOT NULL `segment`, no owner (stage changes of a segment …)
 * - `config`    `segment` may be empty, which means "for all" (stages, required sets)
 * - `reference` the same for the whole group (segments, regions, industries, tags)
 * - `log`       what happened, written by the server only; an empty `segment` means: of the system, for administrators
 * - `internal`  bookkeeping of the product itself; no role reads it
 */
export type Tenancy = 'owned' | 'segmental' | 'config' | 'reference' | 'log' | 'internal';

export type FieldType = 'uuid' | 'string' | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'json' | 'alias';

export interface Choice {
  value: string;
  text: Text;
  icon?: string;
  color?: string;
}

/**
 * How a relation behaves for isolation (design.md 2 and 3):
 * - `tree`      parent and child are in one customer's tree: same segment and same owner, cascaded together
 * - `segment`   both rows are in the same segment, owners may differ
 * - `user`      a person
 * - `reference` a row that every role may read
 * - `file`      directus_files, which carries segment and owner of its own
 */
export type RelationKind = 'tree' | 'segment' | 'user' | 'reference' | 'file';

export interface Relation {
  to: string;
  kind: RelationKind;
  /** What the database does when the target row goes. */
  onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION' | 'RESTRICT';
  /** In a pure junction: the field that holds the other side; the list on the target is then a many-to-many. */
  junction?: string;
  /** Name of the one-to-many list on the target, with its label; absent means no list. */
  list?: RelatedList;
}

/** How the many side shows on the one side's form. `after` names the field behind which it stands there. */
export interface RelatedList {
  name: string;
  label: Text;
  note?: Text;
  template?: string;
  layout?: 'list' | 'table';
  fields?: string[];
  hidden?: boolean;
  readonly?: boolean;
  /** `false`: rows are not made on this form. */
  create?: boolean;
  /** Which rows may be picked, as a host filter. */
  filter?: Record<string, unknown>;
  group?: string;
  after?: string;
  conditions?: Condition[];
}

/** A rule of the generated form: when `rule` (a host filter on the row) holds, the field changes as said. */
export interface Condition {
  name: string;
  rule: Record<string, unknown>;
  hidden?: boolean;
  readonly?: boolean;
  required?: boolean;
  options?: Record<string, unknown>;
}

export interface Field {
  name: string;
  type: FieldType;
  label: Text;
  note?: Text;
  /** NOT NULL in the database. */
  notNull?: boolean;
  /** Required in the form (and by the host on create). */
  required?: boolean;
  unique?: boolean;
  indexed?: boolean;
  default?: string | number | boolean | null;
  /** varchar length; ignored for sealed fields, which have none. */
  length?: number;
  precision?: number;
  scale?: number;
  special?: string[];
  interface?: string;
  options?: Record<string, unknown>;
  display?: string;
  displayOptions?: Record<string, unknown>;
  choices?: Choice[];
  /** Labels without icons, for narrow columns. */
  plainLabels?: boolean;
  width?: 'half' | 'half-left' | 'half-right' | 'full' | 'fill';
  /** Name of the group (tab, section) field it stands in. */
  group?: string;
  /** Shown instead of the field's label in the head of a group. */
  icon?: string;
  hidden?: boolean;
  readonly?: boolean;
  searchable?: boolean;
  conditions?: Condition[];
  relation?: Relation;
  /** Personal data that is stored as a mask: no validation, no unique index, no length limit. */
  sealed?: boolean;
  /** A cipher, its index or a wrapped key: read by nobody, never compared, never on a form. */
  secret?: boolean;
  /** Personal data in the sense of the law (PIPL); for contributions and reports. */
  personal?: boolean;
  /** Kept by the server only: in nobody's create or update fields. */
  computed?: boolean;
}

export interface Collection {
  name: `crm_${string}`;
  tenancy: Tenancy;
  label: Text;
  /** Used by the host where it needs singular and plural in English. */
  singular: Text;
  note?: Text;
  icon: string;
  color?: string;
  displayTemplate: string;
  /** Not in the content menu (still readable where the matrix says so). */
  hidden?: boolean;
  /** Name of the folder collection it stands in. */
  folder?: string;
  sort: number;
  sortField?: string;
  archive?: { field: string; archived: string; unarchived: string };
  /** The fields of which the first one that is set names the parent in the customer's tree. */
  parents?: string[];
  /** `owner` may be empty (leads before allocation, Q21). */
  ownerOptional?: boolean;
  fields: Field[];
  /** Indexes for sorting, besides those that every owned and segmental collection gets (segment,id), (owner,id). */
  indexes?: string[][];
}

/** A field of ours on one of the host's own collections (directus_users, directus_files). */
export interface ForeignExtension {
  collection: 'directus_users' | 'directus_files';
  fields: Field[];
  indexes?: string[][];
}

/** A folder in the content menu: a collection without a table. */
export interface Folder {
  name: `crm_${string}`;
  label: Text;
  icon: string;
  sort: number;
  hidden?: boolean;
  /** How the menu shows it first. */
  collapse?: 'open' | 'closed' | 'locked';
}

export const defineCollection = (collection: Collection): Collection => collection;
export const defineExtension = (extension: ForeignExtension): ForeignExtension => extension;
