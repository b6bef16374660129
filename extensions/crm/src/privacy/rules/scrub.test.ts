import { describe, expect, it } from 'vitest';
import type { Relation } from '../../kernel/flows/leading-collections.ts';
import { scrubDelta } from './scrub.ts';

const RELATIONS: Relation[] = [
  { collection: 'crm_contacts', field: 'customer', related_collection: 'crm_customers', meta: { one_field: 'contacts' } },
  { collection: 'visits', field: 'contact', related_collection: 'crm_contacts' },
  { collection: 'visits', field: 'customer', related_collection: 'crm_customers' },
];
const scrub = (collection: string, copy: unknown) => scrubDelta(RELATIONS, collection, copy, () => true);

describe('SEC-1: copies that the host keeps', () => {
  it.each([
    ['crm_contacts', { phone: '13912345678', name: '张' }, { phone: '139****5678', name: '张' }],
    ['crm_contacts', { phone: '13912345678***张总' }, { phone: '****78' }],
    ['visits', { contact: { phone: '13912345678' } }, { contact: { phone: '139****5678' } }],
    ['visits', { contact: { wechat: 'zhang_san_3' }, phone: '13912345678' }, { contact: { wechat: 'z***3' }, phone: '13912345678' }],
    [
      'crm_customers',
      { contacts: { create: [{ email: 'zhang@example.com' }] } },
      { contacts: { create: [{ email: 'z***@example.com' }] } },
    ],
    ['visits', { customer: { phone: '13912345678' } }, { customer: { phone: '139****5678' } }],
  ])('%s %j', (collection, copy, scrubbed) => {
    expect(scrub(collection, copy)).toEqual(scrubbed);
  });

  it.each([
    ['crm_contacts', { phone: '139****5678' }],
    ['visits', { phone: '13912345678', contact: 'x' }],
    ['visits', { customer: { kind: 'company', phone: '010-65588888' } }],
    ['visits', null],
    ['visits', ['x']],
  ])('%s %j stays as it is', (collection, copy) => {
    expect(scrub(collection, copy)).toBeNull();
  });
});
