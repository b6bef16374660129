/** The data model in the host's own words: what an installation has to bring about. */
type Row = Record<string, unknown>;

/** A field as the host's FieldsService takes it; `schema` is null for aliases (lists, groups, notices). */
export interface HostField {
  field: string;
  type: string;
  meta: Row;
  schema: Row | null;
}

/** A collection as the host's CollectionsService takes it; `schema` is null for folders, which have no table. */
export interface HostCollection {
  collection: string;
  meta: Row;
  schema: Row | null;
  fields: HostField[];
}

/** A relation as the host's RelationsService takes it: created once with its final meta, never patched. */
export interface HostRelation {
  collection: string;
  field: string;
  related_collection: string;
  meta: Row;
  schema: { on_delete: string };
}

/** A composite index; the name is deterministic and at most 63 characters long (PostgreSQL cuts longer ones). */
export interface HostIndex {
  name: string;
  table: string;
  columns: string[];
}

export interface HostModel {
  folders: HostCollection[];
  collections: HostCollection[];
  extensions: { collection: string; fields: HostField[] }[];
  relations: HostRelation[];
  indexes: HostIndex[];
}
