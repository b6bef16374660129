import { describe, expect, it } from 'vitest';
import { collectionsLeadingTo, type Relation } from './leading-collections.ts';

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

describe('SEC-1, SEC-3: rows that are written through another', () => {
  it('knows which collections lead to one', () => {
    expect([...collectionsLeadingTo(RELATIONS, ['crm_contacts'])].sort()).toEqual([
      'crm_contacts',
      'crm_customers',
      'days',
      'parts',
      'visits',
    ]);
  });
});
