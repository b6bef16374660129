import { requiredSets } from '../../../../../seed/base/required-sets.ts';
import { describe, expect, it } from 'vitest';
import { decideStatus, requirementFor, toMissingWords, type RequiredSet } from './required-set.ts';

const set = (id: string, axes: Partial<RequiredSet> = {}): RequiredSet => ({
  id,
  class: null,
  kind: null,
  segment: null,
  fields: [id],
  contact_fields: [`of-${id}`],
  ...axes,
});

describe('Q19: what a customer has to have comes from the rows of its segment, class and kind', () => {
  const sets = [
    set('all'),
    set('key', { class: 'key' }),
    set('general', { class: 'general' }),
    set('shop', { kind: 'sole_trader' }),
    set('key-office', { class: 'key', kind: 'institution' }),
    set('office', { kind: 'institution' }),
    set('s01', { segment: 's01' }),
    set('s01-key', { segment: 's01', class: 'key' }),
  ];

  it.each([
    ['potential', 'company', 's02', ['all'], ['of-all']],
    ['key', 'company', 's02', ['key'], ['of-key']],
    ['potential', 'sole_trader', 's02', ['shop'], ['of-shop']],
    ['key', 'sole_trader', 's02', ['key', 'shop'], ['of-shop']],
    ['key', 'institution', 's02', ['key-office'], ['of-key-office']],
    ['general', 'institution', 's02', ['general', 'office'], ['of-office']],
    ['potential', 'sole_trader', 's01', ['s01'], ['of-s01']],
    ['key', 'sole_trader', 's01', ['s01-key'], ['of-s01-key']],
  ])('%s × %s in %s → %j', (klass, kind, segment, fields, contact_fields) => {
    expect(requirementFor(sets, { class: klass, kind, segment })).toEqual({ fields, contact_fields });
  });

  it('two equal rows give the same answer in any order', () => {
    const twins = [set('b'), set('a')];
    const axes = { class: 'key', kind: 'company', segment: 's' };
    expect(requirementFor(twins, axes)?.fields).toEqual(['a']);
    expect(requirementFor(twins.toReversed(), axes)?.fields).toEqual(['a']);
    expect(requirementFor([], axes)).toBeNull();
  });

  it('Q20: what does not exist for a kind is never asked; of two the other one is left', () => {
    const strict = [
      set('x', {
        fields: ['name', 'industry', 'region', 'employees|annual_revenue', 'phone|website'],
        contact_fields: ['name', 'position'],
      }),
    ];
    const asked = (kind: string) => requirementFor(strict, { class: 'general', kind, segment: 's' });
    expect(asked('person')).toEqual({ fields: ['name', 'region', 'phone'], contact_fields: ['name'] });
    expect(asked('foreign')).toEqual({
      fields: ['name', 'industry', 'employees|annual_revenue', 'phone|website'],
      contact_fields: ['name', 'position'],
    });
  });
});

describe('CUS-4: the shipped rows ask more of an important customer, whatever its kind', () => {
  it.each(['company', 'institution', 'sole_trader', 'person', 'foreign'])('%s', (kind) => {
    const asked = (klass: string) => requirementFor(requiredSets as unknown as RequiredSet[], { class: klass, kind, segment: 's' })!.fields;
    expect(asked('key')).toEqual(expect.arrayContaining(['name', 'needs', 'address', 'related_contacts', 'cooperation_history']));
    expect(asked('potential')).not.toContain('cooperation_history');
    expect(asked('key').includes('industry')).toBe(kind !== 'person');
    expect(asked('key').includes('region')).toBe(kind !== 'foreign');
    expect(asked('key').includes('decision_maker')).toBe(kind !== 'person');
  });

  it('CUS-2: a person is reached by its own phone or through somebody with one', () => {
    const requirement = requirementFor(requiredSets as unknown as RequiredSet[], { class: 'potential', kind: 'person', segment: 's' });
    const person = { name: '王建国', region: 'r', needs: '家装' };
    const state = (more: object, contacts: object[]) =>
      decideStatus({ customer: { ...person, ...more }, contacts: contacts as never, tags: 0, requirement }).status;
    expect(state({}, [])).toBe('draft');
    expect(state({}, [{ name: '李雷' }])).toBe('draft');
    expect(state({}, [{ name: '李雷', phone: '13800138000', status: 'archived' }])).toBe('draft');
    expect(state({}, [{ name: '李雷', wechat: 'lilei' }])).toBe('active');
    expect(state({ phone: '13800138000' }, [])).toBe('active');
  });
});

it('CUS-1: what is missing is told in words that have a label each', () => {
  expect(toMissingWords(['name', 'phone|address', 'contacts', 'contacts.phone|email', 'contacts.hobbies'])).toEqual([
    'name',
    'phone',
    'or:address',
    'contacts',
    'contacts.phone',
    'or:contacts.email',
    'contacts.hobbies',
  ]);
});

const COMPANY = { name: '华东贸易有限公司', industry: 'i', needs: '采购' };
const LI = { name: '李雷', position: '经理', phone: '13800138000', status: 'active' };
const FULL = {
  fields: ['name', 'industry', 'needs', 'employees|annual_revenue', 'contacts'],
  contact_fields: ['name', 'position', 'phone|email|wechat'],
};

describe('Q19: a customer becomes active by itself when its required set is complete', () => {
  it.each([
    [
      'a name only is a draft',
      { name: 'x' },
      [],
      ['industry', 'needs', 'employees|annual_revenue', 'contacts', 'contacts.name', 'contacts.position', 'contacts.phone|email|wechat'],
    ],
    ['CUS-1: size by revenue is enough', { ...COMPANY, annual_revenue: 0 }, [LI], []],
    ['CUS-1: size by headcount is enough', { ...COMPANY, employees: 5 }, [LI], []],
    ['CUS-2: one way of contact is enough', { ...COMPANY, employees: 5 }, [{ ...LI, phone: null, wechat: 'lilei' }], []],
    ['CUS-1: the position is asked for', { ...COMPANY, employees: 5 }, [{ ...LI, position: null }], ['contacts.position']],
    [
      'the fields must stand on one contact',
      { ...COMPANY, employees: 5 },
      [
        { ...LI, position: '' },
        { ...LI, phone: null },
      ],
      ['contacts.phone|email|wechat'],
    ],
    [
      'an archived contact does not count',
      { ...COMPANY, employees: 5 },
      [{ ...LI, status: 'archived' }],
      ['contacts', 'contacts.name', 'contacts.position', 'contacts.phone|email|wechat'],
    ],
  ])('%s', (_title, customer, contacts, missing) => {
    expect(decideStatus({ customer, contacts, tags: 0, requirement: FULL })).toEqual({
      status: missing.length ? 'draft' : 'active',
      missing,
    });
  });

  it('CUS-4: important customers need related contacts, a decision maker and the history of cooperation', () => {
    const important = { fields: ['name', 'related_contacts', 'decision_maker', 'cooperation_history', 'tags'], contact_fields: [] };
    expect(decideStatus({ customer: COMPANY, contacts: [LI], tags: 0, requirement: important }).missing).toEqual([
      'related_contacts',
      'decision_maker',
      'cooperation_history',
      'tags',
    ]);
    const grown = { ...COMPANY, cooperation_history: '2019 年起供货' };
    expect(decideStatus({ customer: grown, contacts: [LI, { ...LI, is_decision_maker: true }], tags: 1, requirement: important })).toEqual({
      status: 'active',
      missing: [],
    });
  });

  it('without any set a name is enough', () => {
    expect(decideStatus({ customer: COMPANY, contacts: [], tags: 0, requirement: null }).status).toBe('active');
  });
});
