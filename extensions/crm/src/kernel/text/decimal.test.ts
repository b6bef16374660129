import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toScale } from './decimal.ts';

describe('Bad input: more digits than the column holds are rounded alike on every database', () => {
  it.each<[number | string, number, number]>([
    [1.005, 2, 1.01],
    ['1.005', 2, 1.01],
    [-1.005, 2, -1.01],
    [0.004, 2, 0],
    [-0.004, 2, 0],
    [1234567890123.456, 2, 1234567890123.46],
    ['9999999999999.99', 2, 9999999999999.99],
    [12.5, 0, 13],
    [7, 2, 7],
    ['+7.10', 2, 7.1],
    [1e-7, 2, 0],
    [99.995, 2, 100],
  ])('%s with %i digits is %s', (value, scale, stored) => {
    expect(toScale(value, scale)).toBe(stored);
  });

  it('twice is as once, and never further away than half a digit', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const once = toScale(value, 2);
        expect(toScale(once, 2)).toBe(once);
        expect(Math.abs(once - value)).toBeLessThanOrEqual(0.005 + 1e-6);
      }),
    );
  });
});
