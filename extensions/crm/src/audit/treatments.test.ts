import { expect, it } from 'vitest';
import { treatmentOf } from './treatments.ts';

it.each([
  ['crm_disputes', 'record', 'mark'],
  ['crm_disputes', 'ruling_reason', 'plain'],
  ['crm_transfers', 'named_owner', 'mark'],
  ['crm_transfers', 'basis_note', 'mark'],
  ['crm_transfers', 'to_owner', 'plain'],
  ['crm_contacts', 'phone', 'mask'],
  ['crm_contacts', 'phone_sealed', 'none'],
  ['directus_users', 'password', 'mark'],
])('CUS-13, SEC-3: what the log keeps of %s.%s is %s', (collection, column, expected) => {
  expect(treatmentOf(collection, column, null)).toBe(expected);
});
