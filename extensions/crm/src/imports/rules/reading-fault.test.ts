import { expect, test } from 'vitest';
import { isHopeless, isMendable } from './reading-fault.ts';

test('IMP-1: what another encoding, sheet or line of headings may mend keeps its file', () => {
  const reasons = ['undecodable', 'mixed_encodings', 'no_rows', 'no_heading_line', 'unknown_sheet', 'damaged', 'quote_open', 'failed'];
  expect(reasons.filter(isMendable)).toEqual(reasons.slice(0, 5));
});

test('F30: what no other reading mends goes at once; of a workbook another sheet may hold fewer rows', () => {
  const gone = (reason: string, sheets = 1) => isHopeless({ sheets: Array.from({ length: sheets }) }, { reason });
  expect(['died_often', 'forbidden_xml', 'unpacks_too_large'].map((reason) => gone(reason))).toEqual([true, true, true]);
  expect([gone('too_many_rows'), gone('too_many_rows', 2), isHopeless(null, { reason: 'too_many_rows' })]).toEqual([true, false, true]);
  expect(gone('no_rows')).toBe(false);
});
