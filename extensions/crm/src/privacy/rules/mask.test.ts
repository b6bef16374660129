import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMask, isMaskOf, toMask } from './mask.ts';
import type { MaskKind } from './sealed-fields.ts';

describe('SEC-5: what people see of a sealed value', () => {
  it.each<[MaskKind, string, string]>([
    ['phone', '13800131234', '138****1234'],
    ['phone', '13800131234-12', '138****1234-**'],
    ['phone', '010-65588888', '010-****8888'],
    ['phone', '0571-8765432', '0571-****5432'],
    ['phone', '010-65588888-123', '010-****8888-**'],
    ['phone', '400-810-8888', '400-****8888'],
    ['phone', '95588', '9****'],
    ['phone', '10086', '1****'],
    ['phone', '+85221234567', '+852****4567'],
    ['phone', '+31612345678', '+31****5678'],
    ['phone', '+12125550123', '+1****0123'],
    ['phone', '138 0013 1234', '138****1234'],
    ['phone', '分机请问前台', '****'],
    ['phone', '12345', '****'],
    ['phone', '123456789012345', '****45'],
    ['email', 'zhang@example.com', 'z***@example.com'],
    ['email', 'Zhang@Example.com', 'z***@example.com'],
    ['email', 'z@example.com', '***@example.com'],
    ['email', '张三@例子.中国', '张***@例子.中国'],
    ['email', 'no-address', 'n***s'],
    ['handle', 'zhang_3', 'z***3'],
    ['handle', 'abc', 'a***'],
    ['handle', 'ab', '***'],
    ['handle', '𠮷田君の', '𠮷***の'],
  ])('%s %s shows as %s', (kind, value, mask) => {
    expect(toMask(kind, value)).toBe(mask);
  });

  it.each([
    ['138****1234', true],
    ['z***@example.com', true],
    ['13800131234', false],
    ['a**b', false],
    [null, false],
    [undefined, false],
    [13800131234, false],
  ])('%s is a mask: %s', (value, expected) => {
    expect(isMask(value)).toBe(expected);
  });

  it.each<[MaskKind, string]>([
    ['phone', '13912345678***张总'],
    ['phone', '13912345678****'],
    ['phone', '张总***'],
    ['email', 'zhang.san***@example.com'],
    ['handle', 'zhang_san_3***'],
    ['handle', '***zhang_san_3'],
  ])('an older %s %s holds stars and is no mask', (kind, value) => {
    expect(isMaskOf(kind, value)).toBe(false);
  });

  it('every mask is one, and never holds the value', () => {
    fc.assert(
      fc.property(fc.constantFrom<MaskKind>('phone', 'email', 'handle'), fc.string({ minLength: 1, maxLength: 60 }), (kind, value) => {
        const mask = toMask(kind, value);
        expect(isMask(mask)).toBe(true);
        expect(isMaskOf(kind, mask)).toBe(true);
        const typed = value.trim();
        if (typed.length > 4 && !isMask(typed)) expect(mask).not.toContain(typed);
      }),
    );
  });

  it('a mainland mobile hides four digits, whichever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 3, max: 9 }), (rest, second) => {
        const number = `1${second}${String(rest).padStart(9, '0')}`;
        expect(toMask('phone', number)).toBe(`${number.slice(0, 3)}****${number.slice(-4)}`);
      }),
    );
  });
});
