import { expect, test } from 'vitest';
import { fieldWords } from '../../../../../schema-snapshots/words.ts';
import { COLLECTIONS } from '../../kernel/collections.ts';
import { canBeColumn, EXPORTABLE, planColumn, usualColumns } from './export-columns.ts';
import { guessMapping } from './guess-mapping.ts';
import { TARGETS, type ImportKind } from './targets.ts';

const words = fieldWords();
const readable = (collection: string) =>
  new Set([...Object.keys(COLLECTIONS[collection]!.fields), ...Object.keys(COLLECTIONS[collection]!.lists)]);

test('SEC-1: no column of an export is a cipher or its index, a file, or a list of other rows', () => {
  for (const collection of EXPORTABLE) {
    const columns = usualColumns(collection, readable(collection), true);
    expect(columns.filter((field) => /_sealed$|_index$/u.test(field))).toEqual([]);
    for (const [field, info] of Object.entries(COLLECTIONS[collection]!.fields))
      if (info.secret || info.relation?.kind === 'file') expect([field, canBeColumn(collection, field)]).toEqual([field, false]);
  }
  expect(canBeColumn('crm_customers', 'contacts')).toBe(false);
  expect(canBeColumn('crm_customers', 'tags')).toBe(true);
});

test('IMP-5: the segment is a column only for those who see several, the id and stamps for nobody', () => {
  const several = usualColumns('crm_customers', readable('crm_customers'), true);
  const one = usualColumns('crm_customers', readable('crm_customers'), false);
  expect(several.filter((field) => !one.includes(field))).toEqual(['segment']);
  expect(one).not.toContain('id');
  expect(several).not.toContain('pending_import');
  expect(one).toEqual(expect.arrayContaining(['name', 'phone', 'owner', 'tags', 'date_created']));
});

test('links are read by their names, tags through their junction', () => {
  expect(planColumn('crm_customers', 'owner').paths).toEqual(['owner.id', 'owner.first_name', 'owner.last_name']);
  expect(planColumn('crm_customers', 'tags').paths).toEqual(['tags.tag.name']);
  expect(planColumn('crm_contacts', 'customer')).toMatchObject({ kind: 'link', paths: ['customer.id', 'customer.name'] });
  expect(planColumn('crm_customers', 'of_the_administrator')).toMatchObject({ kind: 'text', paths: ['of_the_administrator'] });
});

test('IMP-2, IMP-5: an import finds every column again that it knows, by its label in either language or by its name', () => {
  const kinds: [ImportKind, string][] = [
    ['customers', 'crm_customers'],
    ['contacts', 'crm_contacts'],
    ['leads', 'crm_leads'],
    ['activities', 'crm_activities'],
    ['orders', 'crm_orders'],
  ];
  for (const [kind, collection] of kinds) {
    const fields = usualColumns(collection, readable(collection), false);
    const known = new Map(TARGETS[kind].filter(({ key }) => !key.includes('.')).map(({ key }) => [key, key]));
    for (const language of ['zh', 'en'] as const) {
      const labelled = fields.map((field) => `${words.get(`${collection}.${field}`)?.label[language] ?? field} (${field})`);
      const renamed = fields.map((field) => `没人认识的叫法 ${field.replaceAll('_', '')} (${field})`);
      for (const headers of [labelled, renamed]) {
        const plan = guessMapping(kind, headers, words);
        const found = plan.map((column) => ('target' in column ? column.target : null));
        expect([kind, language, found]).toEqual([kind, language, fields.map((field) => known.get(field) ?? null)]);
      }
    }
  }
});

test('IMP-5: a field that an administrator added is written by its type in the host; lists, files and structures are no usual columns', () => {
  const added = {
    of_day: { type: 'date', to: null },
    of_time: { type: 'timestamp', to: null },
    of_size: { type: 'float', to: null },
    of_yes: { type: 'boolean', to: null },
    of_user: { type: 'uuid', to: 'directus_users' },
    of_list: { type: 'alias', to: null },
    of_file: { type: 'uuid', to: 'directus_files' },
    of_json: { type: 'json', to: null },
  };
  const addedOf = (field: string) => added[field as keyof typeof added] ?? null;
  const columns = usualColumns('crm_customers', new Set(['name', ...Object.keys(added)]), false, addedOf);
  expect(columns).toEqual(['name', 'of_day', 'of_time', 'of_size', 'of_yes', 'of_user']);
  expect(columns.map((field) => planColumn('crm_customers', field, addedOf(field)).kind)).toEqual([
    'text',
    'day',
    'moment',
    'number',
    'yes_no',
    'link',
  ]);
  expect(planColumn('crm_customers', 'of_user', added.of_user).paths).toEqual(['of_user.id', 'of_user.first_name', 'of_user.last_name']);
  for (const field of ['of_list', 'of_file'] as const)
    expect([field, canBeColumn('crm_customers', field, added[field])]).toEqual([field, false]);
  expect(canBeColumn('crm_customers', 'of_json', added.of_json)).toBe(true);
});
