import { describe, expect, it } from 'vitest';
import { maskAddress, maskValues } from './mask-address.ts';

const plain = (address: string) => decodeURIComponent(maskAddress(address));

describe('SEC-1: a log shows no number and no mailbox', () => {
  it.each([
    ['/items/crm_contacts?search=13800138000', '/items/crm_contacts?search=138****8000'],
    ['/items/crm_contacts?search=138+0013+8000&limit=25', '/items/crm_contacts?search=138****8000&limit=25'],
    ['/items/crm_contacts?search=138%200013%208000', '/items/crm_contacts?search=138****8000'],
    ['/items/x?search=%2B852%202123%204567', '/items/x?search=+852****4567'],
    ['/items/x?search=zhang%40example.com', '/items/x?search=z***@example.com'],
    ['/items/x?filter={"phone":{"_eq":"13800138000"}}', '/items/x?filter={"phone":{"_eq":"138****8000"}}'],
    ['/items/x?filter[phone][_eq]=010-65588888', '/items/x?filter[phone][_eq]=010-****8888'],
    ['/items/x?search=%E1%3C', '/items/x?***'],
  ])('%s', (address, shown) => {
    expect(plain(address)).toBe(shown);
  });

  it.each([
    '/items/crm_contacts/13800138000',
    '/items/x?limit=25&page=2&sort=-date_created',
    '/items/x?filter[due_on][_gte]=2026-11-22',
    '/items/x?filter[id][_eq]=3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11',
    '/items/x?fields[]=name&search=%E5%90%AF%E6%98%8E',
  ])('%s stays as it is', (address) => {
    expect(maskAddress(address)).toBe(address);
  });

  it('reaches into what was parsed', () => {
    expect(maskValues({ search: '13800138000', filter: { _or: [{ email: { _eq: 'a.b@example.com' } }] }, limit: 25 })).toEqual({
      search: '138****8000',
      filter: { _or: [{ email: { _eq: 'a***@example.com' } }] },
      limit: 25,
    });
  });
});
