/** Configuration rows name fields of other collections; on the form a person picks them by their label. */
import type { Field, Text } from './define.ts';

export interface FieldChoice {
  value: string;
  text: Text;
}

/** Where a row stands and in which state it is, is not a matter of filling in. */
const NOT_ASKED = ['segment', 'owner', 'status'];

/** What a person may fill in on a row of these fields, as choices. */
export const fieldChoices = (fields: Field[], more: FieldChoice[] = []): FieldChoice[] => [
  ...fields
    .filter(({ name, type, computed, readonly }) => type !== 'alias' && name !== 'id' && !computed && !readonly)
    .filter(({ name }) => !NOT_ASKED.includes(name))
    .map(({ name, label }) => ({ value: name, text: label })),
  ...more,
];

/** The same of a contact; whose contact it is, is asked of nobody. */
export const contactChoices = (fields: Field[], more: FieldChoice[] = []): FieldChoice[] =>
  fieldChoices(
    fields.filter(({ name }) => name !== 'customer'),
    more,
  );

/** A json column that holds field names. */
export const fieldNames = (name: string, label: Text, choices: FieldChoice[], more: Partial<Field> = {}): Field => ({
  name,
  type: 'json',
  label,
  special: ['cast-json'],
  interface: 'select-multiple-dropdown',
  options: { choices, allowOther: true, previewThreshold: 20 },
  display: 'labels',
  displayOptions: { choices, format: false },
  width: 'full',
  ...more,
});
