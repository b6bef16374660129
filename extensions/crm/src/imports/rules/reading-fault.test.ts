import { expect, test } from 'vitest';
import { isHopeless, isMendable } from './reading-fault.ts';

const book = (sheets = 1) => ({ sheets: Array.from({ length: sheets }) });

test('IMP-1: what another encoding, sheet or line of headings may mend keeps its file', () => {
  const reasons = ['undecodable', 'mixed_encodings', 'no_rows', 'no_heading_line', 'unknown_sheet', 'damaged', 'quote_open', 'failed'];
  expect(reasons.filter((reason) => isMendable(null, { reason }))).toEqual(reasons.slice(0, 5));
  const reason = 'too_many_rows';
  expect([book(), book(2), null].map((found) => isMendable(found, { reason }))).toEqual([false, true, false]);
});

test('F30: what no other reading mends goes at once; of a workbook another sheet may hold fewer rows', () => {
  const gone = (reason: string, sheets = 1) => isHopeless(book(sheets), { reason });
  expect(['died_often', 'forbidden_xml', 'unpacks_too_large', 'file_gone'].map((reason) => gone(reason))).toEqual([true, true, true, true]);
  expect([gone('too_many_rows'), gone('too_many_rows', 2), isHopeless(null, { reason: 'too_many_rows' })]).toEqual([true, false, true]);
  expect(['no_rows', 'quote_open'].map((reason) => gone(reason))).toEqual([false, false]);
});
