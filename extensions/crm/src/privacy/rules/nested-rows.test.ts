import { describe, expect, it } from 'vitest';
import type { Relation } from '../../kernel/flows/leading-collections.ts';
import { changeNested } from './nested-rows.ts';

const RELATIONS: Relation[] = [
  { collection: 'crm_contacts', field: 'customer', related_collection: 'crm_customers', meta: { one_field: 'contacts' } },
  { collection: 'visits', field: 'contact', related_collection: 'crm_contacts', meta: { one_field: null } },
  { collection: 'visits', field: 'day', related_collection: 'days', meta: { one_field: 'visits' } },
  { collection: 'visits', field: 'user', related_collection: 'directus_users', meta: null },
  {
    collection: 'parts',
    field: 'item',
    related_collection: null,
    meta: { one_collection_field: 'kind', one_allowed_collections: ['crm_contacts', 'other'] },
  },
];
const marked = (collection: string, payload: Record<string, unknown>) =>
  changeNested(RELATIONS, collection, payload, (target, row) => ({ ...row, seen: target }));

describe('SEC-1: rows that stand in the payload of another', () => {
  it.each<[string, string, Record<string, unknown>, Record<string, unknown>]>([
    ['along a key of its own', 'visits', { contact: { id: 1 } }, { contact: { id: 1, seen: 'crm_contacts' } }],
    [
      'in lists of both kinds, at any depth',
      'days',
      { visits: { create: [{ contact: { name: 'x' } }], update: [{ id: 1 }], delete: [2] } },
      {
        visits: {
          create: [{ contact: { name: 'x', seen: 'crm_contacts' }, seen: 'visits' }],
          update: [{ id: 1, seen: 'visits' }],
          delete: [2],
        },
      },
    ],
    ['in a plain list', 'crm_customers', { contacts: ['a', { id: 1 }] }, { contacts: ['a', { id: 1, seen: 'crm_contacts' }] }],
    [
      'along a link that names its collection',
      'parts',
      { kind: 'other', item: { id: 1 } },
      { kind: 'other', item: { id: 1, seen: 'other' } },
    ],
    ['JSON is no row', 'visits', { notes: { phone: 'x' }, contact: 5 }, { notes: { phone: 'x' }, contact: 5 }],
  ])('%s', (_name, collection, payload, expected) => expect(marked(collection, payload)).toEqual(expected));
});
