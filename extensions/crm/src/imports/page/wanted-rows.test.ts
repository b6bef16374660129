import { expect, test } from 'vitest';
import { wantedRows } from './wanted-rows.ts';

const list = { id: '1', name: 'Mine', search: '华东', filter: { owner: { _eq: '$CURRENT_USER' } }, sort: ['-date_created'] };

test('IMP-5: words that are typed never make a saved list wider', () => {
  expect(wantedRows({ ids: null, list, typed: '甲' })).toEqual({ ids: null, search: '华东', filter: list.filter, sort: list.sort });
  expect(wantedRows({ ids: null, list: { ...list, search: null, sort: [] }, typed: ' 甲 ' })).toEqual({
    ids: null,
    search: '甲',
    filter: list.filter,
    sort: null,
  });
  expect(wantedRows({ ids: null, list: undefined, typed: '' })).toEqual({ ids: null, search: null, filter: null, sort: null });
});

test('IMP-5: rows that were chosen one by one go alone', () => {
  expect(wantedRows({ ids: ['a'], list, typed: '甲' })).toEqual({ ids: ['a'], search: null, filter: null, sort: null });
});
