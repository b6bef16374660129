/** How the visible column shows a sealed value. */
export type MaskKind = 'phone' | 'email' | 'handle';

/** A field whose value is personal: sealed in the database, a mask for everybody, revealed one at a time. */
export interface SealedField {
  collection: string;
  field: string;
  mask: MaskKind;
  /** Absent: always. Otherwise only while another column of the row holds one of these. */
  when?: { field: string; in: readonly string[] };
}

/** A company's switchboard is nobody's personal number; that of a person or of a shop is (SEC-1). */
const OF_A_PERSON = { field: 'kind', in: ['person', 'sole_trader'] } as const;

/**
 * What is sealed, when, and how its mask and its index are made: the one declaration (SEC-1, design.md 4). A new sealed
 * field is one line here and one `sealed(…)` in the model; a test holds the two together.
 */
export const SEALED_FIELDS: readonly SealedField[] = [
  { collection: 'crm_contacts', field: 'phone', mask: 'phone' },
  { collection: 'crm_contacts', field: 'email', mask: 'email' },
  { collection: 'crm_contacts', field: 'wechat', mask: 'handle' },
  { collection: 'crm_leads', field: 'phone', mask: 'phone' },
  { collection: 'crm_leads', field: 'email', mask: 'email' },
  { collection: 'crm_leads', field: 'wechat', mask: 'handle' },
  { collection: 'crm_customers', field: 'phone', mask: 'phone', when: OF_A_PERSON },
];

/** Names that are those of a person in some rows only: such a row's name is no company's (Q8). */
const NAMES_OF_PERSONS = [{ collection: 'crm_customers', fields: ['name', 'short_name'], when: OF_A_PERSON }] as const;

/** Fields that name a person where the row says that it is one, and stand in clear in the database. */
export const namesOf = (collection: string): readonly string[] =>
  NAMES_OF_PERSONS.flatMap((one): readonly string[] => (one.collection === collection ? one.fields : []));

/** Whether the names in this row, or in this part of it, are those of a person. */
export const isOfPerson = (collection: string, row: Readonly<Record<string, unknown>>): boolean =>
  NAMES_OF_PERSONS.some((one) => one.collection === collection && (one.when.in as readonly string[]).includes(String(row[one.when.field])));

export const SEALED_COLLECTIONS: readonly string[] = [...new Set(SEALED_FIELDS.map(({ collection }) => collection))];

const BY_COLLECTION: ReadonlyMap<string, readonly SealedField[]> = Map.groupBy(SEALED_FIELDS, ({ collection }) => collection);

export const sealedFieldsOf = (collection: string): readonly SealedField[] => BY_COLLECTION.get(collection) ?? [];

export const sealedColumn = (field: string): string => `${field}_sealed`;
export const indexColumn = (field: string): string => `${field}_index`;

/** The columns that only the server fills: cipher and keyed index of every sealed field of a collection. */
export const technicalColumnsOf = (collection: string): readonly string[] =>
  sealedFieldsOf(collection).flatMap(({ field }) => [sealedColumn(field), indexColumn(field)]);

/** Whether the field is sealed in this row; `row` names at least the column that `when` looks at. */
export const isSealedIn = ({ when }: SealedField, row: Readonly<Record<string, unknown>>): boolean =>
  !when || when.in.includes(String(row[when.field]));
