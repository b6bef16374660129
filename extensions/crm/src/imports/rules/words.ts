/** What people call a field and its choices; `entries/` gives the words of the forms (schema-snapshots/words.ts). */
export interface FieldWords {
  label: { zh: string; en: string };
  choices: readonly { value: string; text: { zh: string; en: string } }[];
}

/** By `collection.field`. */
export type Words = ReadonlyMap<string, FieldWords>;
