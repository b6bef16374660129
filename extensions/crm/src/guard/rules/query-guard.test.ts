import fc from 'fast-check';
import { isSecret } from './secret-fields.ts';
import { describe, expect, it } from 'vitest';
import { findQueryFault, type HostQuery } from './query-guard.ts';
import type { GuardSchema, HostRelation, StepKind } from './relation-step.ts';
import type { RowRule } from './row-rule.ts';

const RELATIONS: (HostRelation & { kind: StepKind })[] = [
  { collection: 'crm_contacts', field: 'customer', related_collection: 'crm_customers', meta: { one_field: 'contacts' }, kind: 'tree' },
  {
    collection: 'crm_opportunities',
    field: 'customer',
    related_collection: 'crm_customers',
    meta: { one_field: 'opportunities' },
    kind: 'tree',
  },
  { collection: 'crm_opportunities', field: 'stage', related_collection: 'crm_stages', meta: { one_field: null }, kind: 'segment' },
  { collection: 'crm_customers', field: 'parent', related_collection: 'crm_customers', meta: { one_field: null }, kind: 'segment' },
  {
    collection: 'crm_customers',
    field: 'segment',
    related_collection: 'crm_segments',
    meta: { one_field: 'customers' },
    kind: 'reference',
  },
  { collection: 'crm_customers', field: 'owner', related_collection: 'directus_users', meta: { one_field: null }, kind: 'user' },
  { collection: 'crm_customers_tags', field: 'customer', related_collection: 'crm_customers', meta: { one_field: 'tags' }, kind: 'tree' },
  { collection: 'crm_customers_tags', field: 'tag', related_collection: 'crm_tags', meta: { one_field: null }, kind: 'reference' },
  { collection: 'articles', field: 'author', related_collection: 'directus_users', meta: { one_field: null }, kind: null },
  { collection: 'articles', field: 'customer', related_collection: 'crm_customers', meta: { one_field: 'articles' }, kind: null },
];
const TYPES: Record<string, string> = {
  id: 'uuid',
  name: 'string',
  amount: 'decimal',
  employees: 'integer',
  due_on: 'date',
  contacts: 'alias',
  opportunities: 'alias',
  customers: 'alias',
  tags: 'alias',
  articles: 'alias',
  customer: 'uuid',
  owner: 'uuid',
  segment: 'uuid',
  stage: 'uuid',
  parent: 'uuid',
  title: 'string',
  email: 'string',
  active: 'boolean',
};

const schema: GuardSchema = {
  primaryOf: () => 'id',
  fieldOf: (_collection, field) => (TYPES[field] ? { type: TYPES[field] } : undefined),
  relationsOf: (collection) => RELATIONS.filter((one) => one.collection === collection || one.related_collection === collection),
  kindOf: (collection, field) => RELATIONS.find((one) => one.collection === collection && one.field === field)?.kind ?? null,
};

const REP: Record<string, RowRule> = {
  crm_customers: 'own',
  crm_contacts: 'own',
  crm_opportunities: 'own',
  crm_customers_tags: 'own',
  crm_stages: 'shared',
  crm_segments: 'all',
  crm_tags: 'all',
  directus_users: 'limited',
};
const HEAD: Record<string, RowRule> = {
  ...REP,
  crm_customers: 'segment',
  crm_contacts: 'segment',
  crm_opportunities: 'segment',
  crm_customers_tags: 'segment',
};
const as = (rules: Record<string, RowRule>) => ({
  schema,
  ruleOf: (collection: string) => rules[collection] ?? 'none',
  isGuarded: (collection: string) => /^(crm_|directus_)/.test(collection),
  mayCompare: (collection: string, field: string) => collection !== 'directus_users' || field !== 'email',
});
const fault = (rules: Record<string, RowRule>, collection: string, query: HostQuery) => findQueryFault(as(rules), collection, query);
const ID = '3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11';

describe('what the screens of the CRM ask for runs', () => {
  const allowed: [string, string, HostQuery][] = [
    [
      'a flat list',
      'crm_customers',
      { filter: { _and: [{ name: { _icontains: 'a' } }, { owner: { _eq: ID } }] }, sort: ['-name'], limit: 25, page: 2 },
    ],
    ['my opportunities of A-grade customers', 'crm_opportunities', { filter: { customer: { name: { _contains: 'A' } } } }],
    ["sorting by the customer of one's own contact", 'crm_contacts', { sort: ['customer.name'] }],
    ["one's own customers that have a contact", 'crm_customers', { filter: { contacts: { _some: { name: { _nnull: true } } } } }],
    ['the picker of tags', 'crm_tags', { filter: { '$FOLLOW(crm_customers_tags,tag)': { _none: { customer: { _eq: ID } } } } }],
    ['opportunities by the name of their stage', 'crm_opportunities', { filter: { stage: { name: { _eq: 'won' } } } }],
    ['customers of a segment by its name', 'crm_customers', { filter: { segment: { name: { _eq: 'x' } } } }],
    ['comparing only the key behind a foreign key', 'crm_customers', { filter: { owner: { id: { _in: [ID] } } }, sort: ['owner.id'] }],
    [
      'contacts of a page of customers, filtered',
      'crm_customers',
      { deep: { contacts: { _filter: { name: { _contains: 'x' } }, _sort: ['name'] } } },
    ],
    [
      'a count of activities by month',
      'crm_customers',
      { aggregate: { count: ['*'], sum: ['amount'] }, group: ['year(due_on)'], sort: ['count'] },
    ],
    ['data that is not ours', 'articles', { filter: { author: { email: { _contains: 'x' } } } }],
  ];
  it.each(allowed.filter(([name]) => name !== 'data that is not ours'))('%s', (_name, collection, query) => {
    expect(fault(REP, collection, query)).toBeNull();
    expect(fault(HEAD, collection, query)).toBeNull();
  });
  it('data that is not ours: a caller who is not of the CRM walks where the host lets them', () => {
    const foreign = { ...as({}), isGuarded: (collection: string) => collection.startsWith('crm_'), mayCompare: () => true };
    expect(findQueryFault(foreign, 'articles', { filter: { author: { email: { _contains: 'x' } } } })).toBeNull();
    expect(findQueryFault(foreign, 'articles', { filter: { customer: { name: { _contains: 'x' } } } })).toMatchObject({
      reason: 'foreign_step',
    });
  });
});

describe('ORG-2: a query that could tell of rows of others is refused', () => {
  const refused: [string, string, HostQuery][] = [
    ['people by a relation', 'crm_customers', { filter: { owner: { first_name: { _contains: 'x' } } } }],
    ['people by a column that is readable only on the own row', 'directus_users', { filter: { email: { _contains: 'x' } } }],
    ['the same inside a sort', 'directus_users', { sort: ['-email'] }],
    ['the same inside an aggregate', 'directus_users', { aggregate: { min: ['email'] } }],
    ['a list of all customers of a segment', 'crm_segments', { filter: { customers: { name: { _eq: 'B' } } } }],
    ['whether a segment has a customer with this key', 'crm_segments', { filter: { customers: { id: { _eq: ID } } } }],
    ['whether a segment has customers', 'crm_segments', { filter: { customers: { _null: false } } }],
    ['a count of hidden rows', 'crm_segments', { filter: { 'count(customers)': { _gt: 3 } } }],
    ['a sort by a count', 'crm_segments', { sort: ['-count(customers)'] }],
    ['a group by a count', 'crm_segments', { group: ['count(customers)'], aggregate: { count: ['*'] } }],
    ['$FOLLOW without an alias', 'crm_segments', { filter: { '$FOLLOW(crm_customers,segment)': { name: { _eq: 'B' } } } }],
    ['$FOLLOW on the people', 'directus_users', { filter: { '$FOLLOW(crm_customers,owner)': { name: { _eq: 'B' } } } }],
    [
      '_some that leaks one relation deeper',
      'crm_customers',
      { filter: { contacts: { _some: { customer: { owner: { first_name: { _eq: 'x' } } } } } } },
    ],
    ['a broken $FOLLOW', 'crm_segments', { filter: { '$FOLLOW(crm_customers': { name: { _eq: 'B' } } } }],
    ['a nested query', 'crm_customers', { deep: { contacts: { _filter: { customer: { owner: { first_name: { _eq: 'x' } } } } } } }],
    [
      'a nested query under another name',
      'crm_customers',
      { alias: { c: 'contacts' }, deep: { c: { _sort: ['customer.owner.first_name'] } } },
    ],
    [
      'a nested query two levels down',
      'crm_customers',
      { deep: { contacts: { customer: { _filter: { owner: { first_name: { _eq: 'x' } } } } } } },
    ],
    ['hidden in an or', 'crm_customers', { filter: { _or: [{ name: { _eq: 'x' } }, { _and: [{ owner: { title: { _eq: 'x' } } }] }] } }],
    ["a parent that may be somebody else's", 'crm_customers', { filter: { parent: { name: { _eq: 'x' } } } }],
    [
      'a collection without any right',
      'crm_customers',
      { filter: { '$FOLLOW(crm_user_segments,crm_segment)': { _some: { id: { _nnull: true } } } } },
    ],
  ];
  it.each(refused)('%s', (_name, collection, query) => {
    expect(fault(REP, collection, query)).toMatchObject({ reason: 'foreign_step' });
  });
  it('a head, who reads the whole segment, may look at the parent; not at people', () => {
    expect(fault(HEAD, 'crm_customers', { filter: { parent: { name: { _eq: 'x' } } } })).toBeNull();
    expect(fault(HEAD, 'crm_customers', { filter: { parent: { owner: { title: { _eq: 'x' } } } } })).toMatchObject({
      reason: 'foreign_step',
    });
  });
});

describe('a query that the host cannot carry out is a 4xx', () => {
  it.each<[string, HostQuery, string]>([
    ['a group over a relation', { group: ['customer.name'] }, 'not_possible'],
    ['an unknown aggregate', { aggregate: { median: ['amount'] } }, 'not_possible'],
    ['an aggregate of a list', { aggregate: { count: ['contacts'] } }, 'not_possible'],
    ['a page behind the end of numbers', { page: 9_007_199_254_740_991, limit: 1000 }, 'not_possible'],
    ['an or that is no list', { filter: { _or: { name: { _eq: 'x' } } } }, 'not_possible'],
    ['a key that is none', { filter: { id: { _eq: 'abc' } } }, 'bad_value'],
    ['a key that is none behind a foreign key', { filter: { owner: { id: { _eq: 'abc' } } } }, 'bad_value'],
    ['one bad key of several', { filter: { id: { _in: [ID, '1'] } } }, 'bad_value'],
    ['a number that is none', { filter: { employees: { _gt: 1e20 } } }, 'bad_value'],
    ['a day that does not exist', { filter: { due_on: { _lt: '2026-02-30' } } }, 'bad_value'],
    ['a yes that is none', { filter: { active: { _eq: 'maybe' } } }, 'bad_value'],
    ['a NUL character', { filter: { name: { _contains: 'a\u0000b' } } }, 'bad_value'],
    ['half of an emoji', { filter: { name: { _eq: '\ud83d' } } }, 'bad_value'],
    ['a text operator without a text', { filter: { name: { _icontains: { a: 1 } } } }, 'bad_value'],
  ])('%s', (_name, query, reason) => {
    expect(fault(HEAD, 'crm_customers', query)).toMatchObject({ reason });
  });
});

describe('laws of the query guard', { timeout: 60_000 }, () => {
  const key = fc.constantFrom(
    'name',
    'owner',
    'customer',
    'contacts',
    'segment',
    'customers',
    'parent',
    '_and',
    '_or',
    '_some',
    '_none',
    '$FOLLOW(crm_customers,segment)',
    'count(contacts)',
    'first_name',
    'id',
  );
  const filter = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.record({ _eq: fc.string({ minLength: 1 }) }),
      fc.dictionary(key, tie('node'), { maxKeys: 3 }),
      fc.array(tie('node'), { maxLength: 3 }),
    ),
  })).node;
  const collection = fc.constantFrom('crm_customers', 'crm_contacts', 'crm_opportunities', 'crm_segments', 'directus_users');

  it('never throws, whatever is sent', () => {
    fc.assert(
      fc.property(collection, filter, fc.anything(), (name, tree, deep) => {
        fault(REP, name, { filter: tree, deep });
      }),
    );
  });
  it('what a narrower role may ask, a caller without row rules may ask too', () => {
    const everything = Object.fromEntries(Object.keys(REP).map((name): [string, RowRule] => [name, 'all']));
    fc.assert(
      fc.property(collection, filter, (name, tree) => {
        fc.pre(fault(REP, name, { filter: tree }) === null);
        const all = fault(everything, name, { filter: tree });
        expect(all).toBeNull();
      }),
    );
  });
  it('a refused filter stays refused inside any or, and, _some or nested query', () => {
    fc.assert(
      fc.property(filter, (tree) => {
        fc.pre(fault(REP, 'crm_customers', { filter: tree })?.reason === 'foreign_step');
        expect(fault(REP, 'crm_customers', { filter: { _or: [{ _and: [tree] }] } })).not.toBeNull();
        expect(fault(REP, 'crm_contacts', { deep: { customer: { _filter: tree } } })).not.toBeNull();
        expect(fault(REP, 'crm_segments', { filter: { customers: { _some: tree } } })).not.toBeNull();
      }),
    );
  });
});

describe('SEC-1: ciphers and their indexes are compared by nobody, the technical administrator included', () => {
  const everything = {
    schema,
    ruleOf: (): RowRule => 'all',
    isGuarded: () => true,
    mayCompare: (collection: string, field: string) => !isSecret(collection, field),
  };
  const secret: [string, string, HostQuery][] = [
    ['a filter', 'crm_contacts', { filter: { phone_index: { _eq: 'k1.x' } } }],
    ['a filter inside _or', 'crm_contacts', { filter: { _or: [{ name: { _eq: 'x' } }, { phone_sealed: { _nnull: true } }] } }],
    ['a filter from the customer', 'crm_customers', { filter: { contacts: { _some: { email_index: { _nnull: true } } } } }],
    ['a sort', 'crm_contacts', { sort: ['-phone_index'] }],
    ['a sort through a relation', 'crm_contacts', { sort: ['customer.phone_sealed'] }],
    ['a group', 'crm_contacts', { group: ['phone_index'], aggregate: { count: ['*'] } }],
    ['an aggregate', 'crm_contacts', { aggregate: { min: ['phone_sealed'] } }],
    ['another name', 'crm_contacts', { alias: { x: 'phone_sealed' } }],
    ['another name below', 'crm_customers', { deep: { contacts: { _alias: { x: 'wechat_index' } } } }],
    ['a wrapped key', 'crm_subject_keys', { filter: { key: { _nnull: true } } }],
  ];
  it.each(secret)('%s', (_name, collection, query) => {
    expect(findQueryFault(everything, collection, query)?.reason).toBe('foreign_step');
  });
});
