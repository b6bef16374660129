import { describe, expect, it } from 'vitest';
import { coverPage, coverView, listsOfOurs } from './saved-view.ts';

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

  const isOurs = listsOfOurs([{ collection: 'visits', field: 'contact', related_collection: 'crm_contacts' }]);
  it.each([
    ['/content/crm_contacts?search=13800138000', '/content/crm_contacts?search=138****8000'],
    ['/content/visits?search=13800138000', '/content/visits?search=138****8000'],
    ['/users?search=13800138000', '/users?search=138****8000'],
    ['/content/their_orders?search=13800138000', '/content/their_orders?search=13800138000'],
    ['/content/crm_contacts/+', '/content/crm_contacts/+'],
  ])('last page %s', (page, kept) => {
    expect(coverPage(page, isOurs)).toBe(kept);
  });
});
