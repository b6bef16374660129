import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { columnName, escapeText, readMerged, readReference, unescapeText } from './cell-text.ts';

describe('IMP-2: places in a sheet', () => {
  test('every column has one name and every name one column', () => {
    expect([0, 25, 26, 701, 702, 16_383].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA', 'XFD']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16_383 }), fc.integer({ min: 1, max: 1_048_576 }), (column, row) => {
        expect(readReference(`${columnName(column)}${row}`)).toEqual({ column, row });
      }),
    );
  });

  test.each(['', 'A', '1', 'A0', 'AAAA1', 'a1', 'A1B', 'A1.5', 'A99999999', '__proto__', 'A-1'])('%j is no place', (reference) => {
    expect(readReference(reference)).toBeNull();
  });

  test('merged blocks', () => {
    expect(readMerged('B5:C7')).toEqual({ top: 5, bottom: 7, left: 1, right: 2, name: 'B5:C7' });
    expect(['B5:B5', 'C7:B5', 'B5', 'x:y', ''].map(readMerged)).toEqual([null, null, null, null, null]);
  });
});

test('F21: any text can stand in a workbook and comes back as it was, but for carriage returns', () => {
  const pieces = fc.constantFrom('_', 'x0041_', '_x005F_', 'x', '\u0000', '\u000B', '\uFFFF', '\uD800', '😀', 'a');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (typed) => {
      const escaped = escapeText(typed);
      expect(unescapeText(escaped)).toBe(typed.replace(/\r\n?/gu, '\n'));
      // What XML 1.0 cannot hold.
      expect(escaped).not.toMatch(/[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]/u);
    }),
    { numRuns: 3000 },
  );
});
