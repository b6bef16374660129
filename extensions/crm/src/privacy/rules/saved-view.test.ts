import { describe, expect, it } from 'vitest';
import { coverView } from './saved-view.ts';

describe('SEC-1: a saved view keeps no number, address or messenger name', () => {
  it.each([
    ['13800138000', null],
    ['13800138000x12', null],
    ['张总13800138000', null],
    ['zhang@example.com', null],
    ['启明软件', '启明软件'],
    ['2026', '2026'],
  ])('search %s', (search, kept) => {
    expect(coverView({ search })).toEqual({ search: kept });
  });

  it.each([
    [{ phone: { _eq: '13800138000' } }, { phone: { _eq: '138****8000' } }],
    [{ wechat: { _eq: 'zhang_san_3' } }, { wechat: { _eq: 'z***3' } }],
    [{ wechat: { _contains: '***3' } }, { wechat: { _contains: '***3' } }],
    [{ _and: [{ contacts: { phone: { _contains: '1380013' } } }] }, { _and: [{ contacts: { phone: { _contains: '****' } } }] }],
    [
      { email: { _null: true }, name: { _eq: '13800138000' } },
      { email: { _null: true }, name: { _eq: '13800138000' } },
    ],
  ])('filter %j', (filter, kept) => {
    expect(coverView({ filter })).toEqual({ filter: kept });
  });
});
