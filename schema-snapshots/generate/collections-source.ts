import { collectionFacts, extensionFacts } from './facts.ts';
import { print } from './print.ts';

const HEAD = `// Generated from schema-snapshots/model by \`node schema-snapshots/generate.ts\`. Do not edit.

/** Who a row belongs to; see schema-snapshots/define.ts. */
export type Tenancy = 'owned' | 'segmental' | 'config' | 'reference' | 'log' | 'internal';

/** How a relation behaves for isolation; see schema-snapshots/define.ts. */
export type RelationKind = 'tree' | 'segment' | 'user' | 'reference' | 'file';

export type FieldType = 'uuid' | 'string' | 'text' | 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp' | 'json';

export interface RelationInfo {
  to: string;
  kind: RelationKind;
  onDelete: 'CASCADE' | 'SET NULL' | 'NO ACTION' | 'RESTRICT';
  /** In a pure junction: the field that holds the other side. */
  junction?: string;
  /** Name of the list on \`to\` that this field makes. */
  list?: string;
}

export interface FieldInfo {
  type: FieldType;
  notNull: boolean;
  length?: number;
  precision?: number;
  scale?: number;
  choices?: string[];
  /** Stored as a mask: no validation, unique index or length limit outside the write filter. */
  sealed?: boolean;
  /** A cipher, its index or a wrapped key: read by nobody, compared by nobody. */
  secret?: boolean;
  /** Personal data in the sense of the law. */
  personal?: boolean;
  /** Kept by the server only. */
  computed?: boolean;
  relation?: RelationInfo;
}

/** A one-to-many list on a collection; with \`junction\` a many-to-many one, read through \`collection\`. */
export interface ListInfo {
  collection: string;
  field: string;
  kind: RelationKind;
  junction?: string;
}

export interface CollectionInfo {
  tenancy: Tenancy;
  ownerOptional: boolean;
  /** The fields of which the first one that is set names the parent in the customer's tree. */
  parents: string[];
  fields: Record<string, FieldInfo>;
  lists: Record<string, ListInfo>;
}

export type ExtensionInfo = Pick<CollectionInfo, 'fields' | 'lists'>;
`;

export const collectionsSource = (): string => `${HEAD}
/** Every collection of ours by name, in the order of creation. */
export const COLLECTIONS: Record<string, CollectionInfo> = ${print(collectionFacts(), 0, 60)};

/** Our fields on the host's own collections. */
export const EXTENDED: Record<string, ExtensionInfo> = ${print(extensionFacts(), 0, 60)};
`;
