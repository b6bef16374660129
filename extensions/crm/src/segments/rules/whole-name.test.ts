import { expect, it } from 'vitest';
import { wholeName } from './whole-name.ts';

it.each([
  ['小明', '王', '王小明'],
  ['Anna', 'Lee', 'Anna Lee'],
  ['王小明', null, '王小明'],
  [null, '王', '王'],
  [' 小明 ', '', '小明'],
])('%s %s is %s', (first, last, whole) => expect(wholeName(first, last)).toBe(whole));
