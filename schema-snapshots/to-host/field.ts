import type { Field } from '../define.ts';
import type { HostField } from '../host-model.ts';
import type { TextBook } from '../translations.ts';
import { dropdownChoices, fieldTranslations, labelChoices } from './labels.ts';
import { templateOf } from './template.ts';

type Row = Record<string, unknown>;

const orNull = (row: Row): Row | null => (Object.keys(row).length ? row : null);

const columnOf = (field: Field): Row | null => {
  if (field.type === 'alias') return null;
  const isKey = field.name === 'id';
  const length = field.type === 'string' && !field.sealed ? { max_length: field.length ?? 255 } : {};
  const digits = field.type === 'decimal' ? { numeric_precision: field.precision, numeric_scale: field.scale } : {};
  return {
    is_nullable: !(field.notNull ?? isKey),
    is_primary_key: isKey,
    is_unique: isKey || (field.unique ?? false),
    is_indexed: !isKey && !field.unique && (field.indexed ?? false),
    ...(field.default === undefined ? {} : { default_value: field.default }),
    ...length,
    ...digits,
  };
};

const m2oOptions = (field: Field): Row =>
  field.relation && field.interface === 'select-dropdown-m2o'
    ? { template: templateOf(field.relation.to), enableCreate: false, enableLink: field.relation.kind === 'tree' }
    : {};

const optionsOf = (field: Field, book: TextBook): Row | null =>
  orNull({
    ...m2oOptions(field),
    ...(field.choices ? { choices: dropdownChoices(field.choices, book) } : {}),
    ...(field.icon ? { headerIcon: field.icon } : {}),
    ...(book.localise(field.options ?? {}) as Row),
  });

const displayOptionsOf = (field: Field, book: TextBook): Row | null =>
  orNull({
    ...(field.relation && field.display === 'related-values' ? { template: templateOf(field.relation.to) } : {}),
    ...(field.choices && field.display === 'labels' ? { choices: labelChoices(field.choices, book, field.plainLabels) } : {}),
    ...(book.localise(field.displayOptions ?? {}) as Row),
  });

/** A field of ours in the host's words; `sort` is its place in the form. */
export function toHostField(field: Field, sort: number, book: TextBook): HostField {
  return {
    field: field.name,
    type: field.type,
    meta: {
      special: field.special ?? null,
      interface: field.interface ?? null,
      options: optionsOf(field, book),
      display: field.display ?? null,
      display_options: displayOptionsOf(field, book),
      readonly: field.readonly ?? false,
      hidden: field.hidden ?? false,
      sort,
      width: field.width ?? 'full',
      translations: fieldTranslations(field.label),
      note: field.note ? book.refer(field.note) : null,
      conditions: field.conditions ? book.localise(field.conditions) : null,
      required: field.required ?? false,
      group: field.group ?? null,
      searchable: field.searchable ?? true,
    },
    schema: columnOf(field),
  };
}
