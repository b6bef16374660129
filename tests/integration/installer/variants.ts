import type { InstallInput } from '../../../seed/installer/changes.ts';
import type { HostField } from '../../../schema-snapshots/host-model.ts';
import type { RowPart } from '../../../seed/installer/parts.ts';

type Change = (input: InstallInput) => InstallInput;

const fieldsOf = (input: InstallInput, collection: string): HostField[] =>
  input.model.collections.find((one) => one.collection === collection)!.fields;

const field = (input: InstallInput, collection: string, name: string): HostField =>
  fieldsOf(input, collection).find((one) => one.field === name)!;

const labelled = (zh: string) => [{ language: 'zh-CN', translation: zh }];

const withRows = (input: InstallInput, name: string, change: (part: RowPart) => RowPart): InstallInput => ({
  ...input,
  parts: input.parts.map((part) => (part.kind === 'rows' && part.name === name ? change(part) : part)),
});

/** A made-up later version that calls two fields otherwise and shows a third elsewhere. */
const newLabels: Change = (input) => {
  field(input, 'crm_customers', 'name').meta['translations'] = labelled('单位全称');
  field(input, 'crm_customers', 'short_name').meta['translations'] = labelled('惯用简称');
  field(input, 'crm_customers', 'name').meta['width'] = 'full';
  return input;
};

/** A later version with a longer column, a new column that must not be empty, and one more with a default. */
const newColumns: Change = (input) => {
  Object.assign(field(input, 'crm_customers', 'short_name').schema!, { max_length: 200 });
  const meta = { ...field(input, 'crm_customers', 'short_name').meta, translations: labelled('批次') };
  fieldsOf(input, 'crm_companies').push(
    { field: 'batch', type: 'string', meta, schema: { is_nullable: false, max_length: 40 } },
    { field: 'tier', type: 'integer', meta: { ...meta, interface: 'input' }, schema: { is_nullable: false, default_value: 3 } },
  );
  return { ...input, fills: { 'crm_companies.batch': "UPDATE crm_companies SET batch = 'first' WHERE batch IS NULL" } };
};

/** A later version whose rules read one field less, and which has no rule for deleting customers any more. */
const newRules: Change = (input) =>
  withRows(input, 'permissions', (part) => ({
    ...part,
    rows: part.rows
      .filter((row) => !(row['collection'] === 'crm_customers' && row['action'] === 'delete'))
      .map((row) => (row['collection'] === 'crm_customers' && row['action'] === 'read' ? { ...row, fields: ['id', 'name'] } : row)),
  }));

/** A later version with other texts. */
const newTexts: Change = (input) =>
  withRows(input, 'translations', (part) => ({ ...part, rows: part.rows.map((row) => ({ ...row, value: `${String(row['value'])}!` })) }));

const newVersion: Change = (input) => newTexts(newRules(newColumns(newLabels(input))));

/** The same without saying what the empty rows shall hold. */
const newVersionUnfilled: Change = (input) => ({ ...newVersion(input), fills: {} });

export const VARIANTS = {
  ours: (input: InstallInput) => input,
  newVersion,
  newVersionUnfilled,
} satisfies Record<string, Change>;

export type VariantName = keyof typeof VARIANTS;
