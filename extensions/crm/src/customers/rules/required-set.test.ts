import { describe, expect, it } from 'vitest';
import { decideStatus, pickRequiredSet, type RequiredSet } from './required-set.ts';

const set = (id: string, axes: Partial<RequiredSet> = {}): RequiredSet => ({
  id,
  class: null,
  kind: null,
  segment: null,
  fields: ['name'],
  contact_fields: [],
  ...axes,
});

describe('Q19: the most specific required set holds', () => {
  const sets = [
    set('all'),
    set('key', { class: 'key' }),
    set('person', { kind: 'person' }),
    set('key-person', { class: 'key', kind: 'person' }),
    set('s01', { segment: 's01' }),
    set('s01-key', { segment: 's01', class: 'key' }),
  ];

  it.each([
    ['general', 'company', 's02', 'all'],
    ['key', 'company', 's02', 'key'],
    ['general', 'person', 's02', 'person'],
    ['key', 'person', 's02', 'key-person'],
    ['general', 'person', 's01', 's01'],
    ['key', 'company', 's01', 's01-key'],
  ])('%s × %s in %s → %s', (klass, kind, segment, id) => {
    expect(pickRequiredSet(sets, { class: klass, kind, segment })?.id).toBe(id);
  });

  it('a person is asked what persons are asked, whatever its class', () => {
    expect(
      pickRequiredSet([set('key', { class: 'key' }), set('person', { kind: 'person' })], { class: 'key', kind: 'person', segment: 's' })
        ?.id,
    ).toBe('person');
  });

  it('two equal sets give the same answer in any order', () => {
    const twins = [set('b'), set('a')];
    const axes = { class: 'key', kind: 'company', segment: 's' };
    expect(pickRequiredSet(twins, axes)?.id).toBe('a');
    expect(pickRequiredSet(twins.toReversed(), axes)?.id).toBe('a');
  });
});

const COMPANY = { name: '华东贸易有限公司', industry: 'i', needs: '采购' };
const LI = { name: '李雷', position: '经理', phone: '13800138000', status: 'active' };
const FULL = set('full', {
  fields: ['name', 'industry', 'needs', 'employees|annual_revenue', 'contacts'],
  contact_fields: ['name', 'position', 'phone|email|wechat'],
});

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
    expect(decideStatus({ customer, contacts, tags: 0, requiredSet: FULL })).toEqual({
      status: missing.length ? 'draft' : 'active',
      missing,
    });
  });

  it('CUS-4: important customers need related contacts, a decision maker and the history of cooperation', () => {
    const important = set('key', { fields: ['name', 'related_contacts', 'decision_maker', 'cooperation_history', 'tags'] });
    expect(decideStatus({ customer: COMPANY, contacts: [LI], tags: 0, requiredSet: important }).missing).toEqual([
      'related_contacts',
      'decision_maker',
      'cooperation_history',
      'tags',
    ]);
    const grown = { ...COMPANY, cooperation_history: '2019 年起供货' };
    expect(decideStatus({ customer: grown, contacts: [LI, { ...LI, is_decision_maker: true }], tags: 1, requiredSet: important })).toEqual({
      status: 'active',
      missing: [],
    });
  });

  it('without any set a name is enough', () => {
    expect(decideStatus({ customer: COMPANY, contacts: [], tags: 0, requiredSet: null }).status).toBe('active');
  });
});
