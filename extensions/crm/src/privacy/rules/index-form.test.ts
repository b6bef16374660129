import { expect, it } from 'vitest';
import { toIndexForm } from './index-form.ts';
import type { MaskKind } from './sealed-fields.ts';

it.each<[MaskKind, string, string]>([
  ['phone', '138 0013 8000', '13800138000'],
  ['phone', '+86 138-0013-8000', '13800138000'],
  ['phone', '（010）6558 8888', '010-65588888'],
  ['phone', '前台 转', '前台 转'],
  ['email', 'Zhang@Example.COM', 'zhang@example.com'],
  ['email', 'Not An Address', 'not an address'],
  ['handle', ' Zhang_3 ', 'zhang_3'],
])('Q7: a %s typed as %s is found as %s', (kind, typed, form) => {
  expect(toIndexForm(kind, typed)).toBe(form);
});
