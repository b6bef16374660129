import { plainValue, type Image } from './image.ts';

/** What of a field's or a collection's description is a rule, or decides what people see of it, with the type that it is stored as. */
const TOLD: Readonly<Record<string, string>> = {
  ...all('string', 'interface', 'display', 'note', 'group', 'validation_message', 'accountability'),
  ...all('string', 'sort_field', 'archive_field', 'archive_value', 'unarchive_value'),
  ...all('boolean', 'required', 'readonly', 'hidden', 'searchable', 'versioning', 'singleton', 'archive_app_filter'),
  ...all('json', 'validation', 'conditions', 'options', 'display_options', 'translations'),
  special: 'csv',
};

function all(type: string, ...columns: string[]): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column, type]));
}

/** A stored description as the log keeps it: one form for both databases. */
export const imageOfDescription = (row: Readonly<Record<string, unknown>>): Image =>
  Object.fromEntries(
    Object.entries(TOLD)
      .filter(([column]) => row[column] !== undefined)
      .map(([column, type]) => [column, plainValue(type, row[column])]),
  );
