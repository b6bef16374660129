import { describe, expect, it } from 'vitest';
import { readSearchTerm, withFound } from './search-term.ts';

describe('Q7: a search that is a whole number or address', () => {
  it.each([
    ['138 0013 8000', { mask: 'phone', value: '13800138000' }],
    ['+86 13800138000', { mask: 'phone', value: '13800138000' }],
    ['（010）6558 8888', { mask: 'phone', value: '010-65588888' }],
    ['+852 2123 4567', { mask: 'phone', value: '+85221234567' }],
    ['Zhang@Example.com', { mask: 'email', value: 'zhang@example.com' }],
    ['1380013', null],
    ['95588', null],
    ['138****8000', null],
    ['启明软件', null],
    ['@example.com', null],
    ['', null],
    [13800138000, null],
    ['1'.repeat(10_000), null],
  ])('%s', (typed, term) => {
    expect(readSearchTerm(typed)).toEqual(term);
  });

  it('becomes a filter beside the one that was sent', () => {
    expect(withFound({ search: 'x', limit: 5, filter: { status: { _eq: 'active' } } }, ['a'])).toEqual({
      limit: 5,
      filter: { _and: [{ status: { _eq: 'active' } }, { id: { _in: ['a'] } }] },
    });
    expect(withFound({ search: 'x', filter: null }, [])).toEqual({ filter: { _and: [{ id: { _null: true } }] } });
  });
});
