import type { Collection, Field } from '../define.ts';
import { COLLECTIONS } from '../model/index.ts';

const HEAD = `// Generated from schema-snapshots/model by \`node schema-snapshots/generate.ts\`. Do not edit.
// Rows as the host reads them. A decimal is a number on SQLite and a string on PostgreSQL; dates are \`YYYY-MM-DD\`.

/** A decimal as the database gives it; \`Number(value)\` before computing. */
export type Decimal = number | string;
`;

const PLAIN = {
  uuid: 'string',
  string: 'string',
  text: 'string',
  integer: 'number',
  decimal: 'Decimal',
  boolean: 'boolean',
  date: 'string',
  timestamp: 'string',
  json: 'unknown',
} as const;

const typeOf = (field: Field): string => {
  if (field.type === 'alias') throw new Error(`${field.name} has no column`);
  return field.choices && field.type === 'string' ? field.choices.map(({ value }) => `'${value}'`).join(' | ') : PLAIN[field.type];
};

const member = (field: Field): string => {
  const nullable = field.notNull || field.type === 'json' ? '' : ' | null';
  const line = `  ${field.name}: ${typeOf(field)}${nullable};`;
  if (line.length <= 120) return line;
  const alternatives = `${typeOf(field)}${nullable}`.split(' | ').map((one) => `\n    | ${one}`);
  return `  ${field.name}:${alternatives.join('')};`;
};

/** `Order line` → `OrderLineRow`. */
const rowName = ({ singular }: Collection): string =>
  `${singular.en.replace(/(^|[\s-])(\w)/g, (_match, _space: string, letter: string) => letter.toUpperCase())}Row`;

const rowInterface = (collection: Collection): string =>
  [
    `/** A row of \`${collection.name}\`. */`,
    `export interface ${rowName(collection)} {`,
    ...collection.fields.filter(({ type }) => type !== 'alias').map(member),
    '}',
  ].join('\n');

const rowTypes = (): string =>
  [
    '/** The row type behind a collection name. */',
    'export interface Rows {',
    ...COLLECTIONS.map((collection) => `  ${collection.name}: ${rowName(collection)};`),
    '}',
  ].join('\n');

export const rowsSource = (): string =>
  `${[HEAD, ...COLLECTIONS.map((collection) => `${rowInterface(collection)}\n`), rowTypes()].join('\n')}\n`;
