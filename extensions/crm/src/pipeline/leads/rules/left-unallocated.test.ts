import { expect, test } from 'vitest';
import { isLeftUnallocated } from './left-unallocated.ts';

test('SAL-9: what the company supplies is nobody’s until it is allocated, unless whoever enters it names somebody', () => {
  const admin = { role: 'segment_admin' } as const;
  expect(isLeftUnallocated(admin, { source: 'company' })).toBe(true);
  expect(isLeftUnallocated({ role: 'segment_head' }, { source: 'company' })).toBe(true);
  expect(isLeftUnallocated(admin, { source: 'company', owner: 'somebody' })).toBe(false);
  expect(isLeftUnallocated(admin, { source: 'company', owner: null })).toBe(false);
  expect(isLeftUnallocated(admin, { source: 'company', customer: 'theirs' })).toBe(false);
  expect(isLeftUnallocated(admin, { source: 'website' })).toBe(false);
  expect(isLeftUnallocated({ role: 'sales_rep' }, { source: 'company' })).toBe(false);
  expect(isLeftUnallocated({ role: null }, { source: 'company' })).toBe(false);
});
