import { describe, expect, it } from 'vitest';
import {
  CONTACT_COLUMNS,
  CUSTOMER_COLUMNS,
  isContactField,
  isCustomerFact,
  RELATED_FACTS,
} from '../extensions/crm/src/customers/rules/facts.ts';
import { COLLECTIONS } from '../extensions/crm/src/kernel/collections.ts';
import { ROLE_NAMES } from '../extensions/crm/src/kernel/roles.ts';
import { completenessWeights } from '../seed/base/weights.ts';
import { requiredSets } from '../seed/base/required-sets.ts';
import { stages } from '../seed/base/stages.ts';
import { presetRows } from '../seed/experience/presets.ts';
import type { HostField } from './host-model.ts';
import { toHost, translationRows } from './to-host.ts';

const host = toHost();
const fields = [...host.collections, ...host.extensions].flatMap(({ collection, fields: own }) =>
  own.map((field) => ({ collection, field })),
);
const formOf = (collection: string): HostField[] => host.collections.find((one) => one.collection === collection)!.fields;
const isGroup = ({ meta }: HostField) => (meta['special'] as string[] | null)?.includes('group') ?? false;
const hiddenOnNew = ({ meta }: HostField) =>
  meta['hidden'] === true || JSON.stringify(meta['conditions'] ?? '').includes('"id":{"_null":true}');
const chinese = /[\u4e00-\u9fff]/;

describe('both languages everywhere', () => {
  it('every collection and folder has a name in both', () => {
    for (const { collection, meta } of [...host.collections, ...host.folders]) {
      const [zh, en] = meta['translations'] as { language: string; translation: string }[];
      expect([zh?.language, en?.language], collection).toEqual(['zh-CN', 'en-US']);
      expect(zh!.translation, collection).toMatch(chinese);
      expect(en!.translation, collection).not.toMatch(chinese);
    }
  });

  it('DQ-6: every field has a name in both', () => {
    for (const { collection, field } of fields) {
      const [zh, en] = field.meta['translations'] as { language: string; translation: string }[];
      expect(zh!.translation, `${collection}.${field.field}`).toBeTruthy();
      expect(en!.translation, `${collection}.${field.field}`).toMatch(/[a-z]/i);
      expect(en!.translation, `${collection}.${field.field}`).not.toMatch(chinese);
    }
  });

  it('every note, choice and option is a reference to a text that is there in both', () => {
    const known = new Map<string, Set<string>>();
    for (const { key, language, value } of translationRows()) {
      expect(value, key).toBeTruthy();
      if (language === 'en-US') expect(value, key).not.toMatch(chinese);
      known.set(key, (known.get(key) ?? new Set()).add(language));
    }
    const keys = [...JSON.stringify(host).matchAll(/\$t:([^"]+)/g)].map(([, key]) => key!);
    expect(keys.length).toBeGreaterThan(80);
    for (const key of keys) expect([...(known.get(key) ?? [])], key).toEqual(['zh-CN', 'en-US']);
  });

  it('no option holds a text in one language only', () => {
    for (const { collection, field } of fields) {
      const { translations: _names, ...rest } = field.meta;
      const bare = JSON.stringify(rest).replaceAll(/"value":"[^"]*"/g, '');
      expect(bare, `${collection}.${field.field}`).not.toMatch(chinese);
    }
  });
});

describe('forms', () => {
  /** What a person sees before opening anything: fields outside every group, and those in groups that begin open. */
  const firstFields = (collection: string): string[] => {
    const form = formOf(collection);
    const open = form.filter((field) => isGroup(field) && (field.meta['options'] as { start?: string }).start === 'open');
    const isClosed = ({ meta }: HostField) => meta['group'] && !open.some(({ field }) => field === meta['group']);
    return form.filter((field) => !isClosed(field) && !isGroup(field) && !hiddenOnNew(field)).map(({ field }) => field);
  };

  it('CUS-1: a new customer begins with six fields, the contact among them', () => {
    expect(firstFields('crm_customers')).toEqual(['name', 'kind', 'contacts', 'industry', 'region', 'needs']);
  });

  const BUSINESS = Object.entries(COLLECTIONS).filter(([, { tenancy }]) => tenancy === 'owned' || tenancy === 'segmental');
  it.each(BUSINESS.map(([name]) => name))('%s begins with six fields at most, open sections counted', (collection) => {
    expect(firstFields(collection).length, firstFields(collection).join()).toBeLessThanOrEqual(6);
  });

  it('SAL-5: what hangs on one record at most shows the other choices no longer', () => {
    const alone = BUSINESS.filter(([name, { parents }]) => parents.length > 1 && !['crm_orders', 'crm_contracts'].includes(name));
    expect(alone.map(([name]) => name)).toEqual(['crm_activities', 'crm_attachments', 'crm_approvals']);
    for (const [collection, { parents }] of alone) {
      for (const parent of parents) {
        const [condition] = formOf(collection).find(({ field }) => field === parent)!.meta['conditions'] as {
          rule: { _or: object[] };
          hidden: boolean;
        }[];
        expect(condition!.hidden).toBe(true);
        expect(condition!.rule._or.flatMap(Object.keys).sort()).toEqual(parents.filter((other) => other !== parent).sort());
      }
    }
  });

  it('CUS-4: the cooperation history is asked for on key customers only', () => {
    const history = formOf('crm_customers').find(({ field }) => field === 'cooperation_history')!;
    expect(history.meta).toMatchObject({ hidden: true, conditions: [{ rule: { class: { _eq: 'key' } }, hidden: false }] });
  });

  it.each([
    ['crm_required_sets', 'fields', requiredSets],
    ['crm_required_sets', 'contact_fields', requiredSets],
    ['crm_completeness_weights', 'field', completenessWeights],
    ['crm_stages', 'required_fields', stages],
  ])('CUS-1: whatever a shipped row of %s asks for in %s is offered by name', (collection, name, rows) => {
    const options = formOf(collection).find(({ field }) => field === name)!.meta['options'] as { choices: { value: string }[] };
    const offered = options.choices.map(({ value }) => value);
    const asked = rows.flatMap((row) => [row[name] ?? []].flat());
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((one) => !offered.includes(one as string))).toEqual([]);
  });

  it('CUS-1: a draft says by name what is missing, whatever an administrator asks for', () => {
    const missing = formOf('crm_customers').find(({ field }) => field === 'missing')!;
    expect(missing.meta).toMatchObject({ hidden: true, readonly: true });
    const labels = (key: 'options' | 'display_options') =>
      (missing.meta[key] as { choices: { value: string }[] }).choices.map(({ value }) => value);
    const first = [...CUSTOMER_COLUMNS, ...RELATED_FACTS, ...CONTACT_COLUMNS.map((name) => `contacts.${name}`)];
    const lacking = [...first, ...first.map((name) => `or:${name}`)];
    for (const key of ['options', 'display_options'] as const) expect(lacking.filter((one) => !labels(key).includes(one))).toEqual([]);
  });

  it('CUS-1: whatever a form offers to ask for, the server lets be asked', () => {
    const offered = (name: string) =>
      (
        formOf('crm_required_sets').find(({ field }) => field === name)!.meta['options'] as { choices: { value: string }[] }
      ).choices.flatMap(({ value }) => value.split('|'));
    expect(offered('fields').filter((name) => !isCustomerFact(name))).toEqual([]);
    expect(offered('contact_fields').filter((name) => !isContactField(name))).toEqual([]);
  });

  it('SAL-7: the form of an order line asks for its product, as the server does; its name follows from that', () => {
    const form = (name: string) => formOf('crm_order_lines').find(({ field }) => field === name)!.meta;
    const gone = { _and: [{ id: { _nnull: true } }, { product: { _null: true } }] };
    expect(form('product')).toMatchObject({ required: true, conditions: [{ rule: gone, required: false }] });
    expect(form('name')).toMatchObject({ required: true, conditions: [{ rule: { id: { _null: true } }, required: false }] });
  });

  it('every shipped required set has a name to be shown by', () => {
    expect(host.collections.find(({ collection }) => collection === 'crm_required_sets')!.meta['display_template']).toBe('{{name}}');
    expect(requiredSets.filter(({ name }) => !name)).toEqual([]);
  });

  it('Q20: a person has no credit code', () => {
    const code = formOf('crm_customers').find(({ field }) => field === 'uscc')!;
    expect(code.meta['conditions']).toMatchObject([{ rule: { kind: { _in: ['person', 'foreign'] } }, hidden: true }]);
  });

  it('every group that a field stands in is a group of the same form', () => {
    for (const { collection, fields: own } of [...host.collections, ...host.extensions]) {
      const groups = own.filter(isGroup).map(({ field }) => field);
      const missing = own.filter(({ meta }) => meta['group'] && !groups.includes(meta['group'] as string));
      expect(missing.map(({ field }) => `${collection}.${field}`)).toEqual([]);
    }
  });

  it('whatever points to a row shows it by a template, never by its uuid', () => {
    const pointers = fields.filter(({ field }) =>
      (field.meta['special'] as string[] | null)?.some((one) => ['m2o', 'o2m', 'm2m'].includes(one)),
    );
    expect(pointers.length).toBeGreaterThan(100);
    for (const { collection, field } of pointers) {
      const shown = (field.meta['display_options'] as { template?: string } | null)?.template;
      expect(shown, `${collection}.${field.field}`).toMatch(/\{\{.+\}\}/);
    }
  });

  it('related lists show columns of the collection behind them', () => {
    for (const relation of host.relations) {
      const list = relation.meta['one_field'] as string | null;
      if (!list) continue;
      const target = [...host.collections, ...host.extensions].find((one) => one.collection === relation.related_collection)!;
      const alias = target.fields.find(({ field }) => field === list)!;
      const columns = ((alias.meta['options'] as { fields?: string[] }).fields ?? []).filter((one) => !one.startsWith('date_'));
      const there = formOf(relation.collection).map(({ field }) => field);
      expect(
        columns.filter((one) => !there.includes(one)),
        `${relation.related_collection}.${list}`,
      ).toEqual([]);
    }
  });

  it('no field of a sealed value is validated or shortened by the host', () => {
    const sealed = fields.filter(({ field }) => ['phone', 'email', 'wechat'].includes(field.field));
    expect(sealed).toHaveLength(7);
    for (const { field } of sealed) {
      expect(field.meta).not.toHaveProperty('validation');
      expect(field.schema).toMatchObject({ is_unique: false, is_indexed: false });
      expect(field.schema).not.toHaveProperty('max_length');
    }
  });
});

describe('the first minute', () => {
  it('the menu has six entries, every other collection is hidden', () => {
    const visible = [...host.collections, ...host.folders].filter(({ meta }) => !meta['hidden']);
    expect(visible.map(({ collection }) => collection).sort()).toEqual([
      'crm_activities',
      'crm_contracts',
      'crm_customers',
      'crm_leads',
      'crm_opportunities',
      'crm_orders',
    ]);
  });

  it('every collection keeps the host’s record of writes, on which the write pipeline stands', () => {
    expect(host.collections.filter(({ meta }) => meta['accountability'] !== 'all')).toEqual([]);
  });
});

describe('indexes', () => {
  it('every list of an owned row finds an index that begins with its row rule', () => {
    const names = new Set(host.indexes.map(({ name }) => name));
    for (const { collection, fields: own } of host.collections) {
      if (!own.some(({ field, schema }) => field === 'segment' && schema?.['is_nullable'] === false)) continue;
      expect(names, collection).toContain(`${collection}_segment_id_ix`);
      if (own.some(({ field }) => field === 'owner')) expect(names, collection).toContain(`${collection}_owner_id_ix`);
    }
  });

  it('B1: every view that a role is given is sorted by an index under both row rules and without one', () => {
    const known = host.indexes.map(({ table, columns }) => `${table}:${columns.join(',')}`);
    const sorts = ROLE_NAMES.flatMap(presetRows).flatMap(({ collection, layout_query }) =>
      COLLECTIONS[String(collection)]?.tenancy === 'owned'
        ? Object.values(layout_query as Record<string, { sort?: string[] }>).flatMap(({ sort = [] }) =>
            sort.map((one) => [String(collection), one.replace('-', '')] as const),
          )
        : [],
    );
    expect(new Set(sorts.map(([table]) => table)).size).toBeGreaterThanOrEqual(7);
    const wanted = sorts.flatMap(([table, sort]) => [`${table}:${sort}`, `${table}:segment,${sort}`, `${table}:owner,${sort}`]);
    expect([...new Set(wanted)].filter((one) => !known.includes(one))).toEqual([]);
  });

  it('names are unique, fit PostgreSQL, and their columns exist', () => {
    expect(new Set(host.indexes.map(({ name }) => name)).size).toBe(host.indexes.length);
    for (const { name, table, columns } of host.indexes) {
      expect(name.length).toBeLessThanOrEqual(63);
      if (!table.startsWith('crm_')) continue;
      const there = formOf(table)
        .filter(({ schema }) => schema)
        .map(({ field }) => field);
      expect(
        columns.filter((one) => !there.includes(one)),
        name,
      ).toEqual([]);
    }
  });
});
