/** What the running product needs to know of the model, without labels and forms. */
import type { Field, RelationKind, Tenancy } from '../define.ts';
import { COLLECTIONS, EXTENSIONS } from '../model/index.ts';

export interface ListFact {
  collection: string;
  field: string;
  kind: RelationKind;
  junction?: string;
}

export interface CollectionFact {
  tenancy: Tenancy;
  ownerOptional: boolean;
  parents: string[];
  fields: Record<string, object>;
  lists: Record<string, ListFact>;
}

const all = [
  ...COLLECTIONS.map(({ name, fields }) => ({ name, fields })),
  ...EXTENSIONS.map(({ collection, fields }) => ({ name: collection, fields })),
];

/** The one-to-many and many-to-many lists that stand on `target`. */
export function listsOn(target: string): Record<string, ListFact> {
  const lists: Record<string, ListFact> = {};
  for (const { name, fields } of all) {
    for (const { name: field, relation } of fields) {
      if (relation?.to !== target || !relation.list) continue;
      lists[relation.list.name] = { collection: name, field, kind: relation.kind, junction: relation.junction };
    }
  }
  return lists;
}

const fieldFact = (field: Field): object => ({
  type: field.type,
  notNull: field.notNull ?? false,
  length: field.type === 'string' ? field.length : undefined,
  precision: field.precision,
  scale: field.scale,
  choices: field.choices?.map(({ value }) => value),
  sealed: field.sealed,
  secret: field.secret,
  personal: field.personal,
  computed: field.computed,
  relation: field.relation && {
    to: field.relation.to,
    kind: field.relation.kind,
    onDelete: field.relation.onDelete,
    junction: field.relation.junction,
    list: field.relation.list?.name,
  },
});

const fieldFacts = (fields: Field[]): Record<string, object> =>
  Object.fromEntries(fields.filter(({ type }) => type !== 'alias').map((field) => [field.name, fieldFact(field)]));

export const collectionFacts = (): Record<string, CollectionFact> =>
  Object.fromEntries(
    COLLECTIONS.map(({ name, tenancy, ownerOptional = false, parents = [], fields }) => [
      name,
      { tenancy, ownerOptional, parents, fields: fieldFacts(fields), lists: listsOn(name) },
    ]),
  );

export const extensionFacts = (): Record<string, Pick<CollectionFact, 'fields' | 'lists'>> =>
  Object.fromEntries(EXTENSIONS.map(({ collection, fields }) => [collection, { fields: fieldFacts(fields), lists: listsOn(collection) }]));
