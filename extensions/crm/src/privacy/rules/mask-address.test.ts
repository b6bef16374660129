import { describe, expect, it } from 'vitest';
import { maskAddress, maskQuery } from './mask-address.ts';
import { maskText } from './mask-text.ts';
import { maskValues } from './mask-values.ts';

const plain = (address: string) => decodeURIComponent(maskAddress(address));

describe('SEC-1: a log shows no number, no mailbox and no messenger name', () => {
  it.each([
    ['/items/crm_contacts?search=13800138000', '/items/crm_contacts?search=138****8000'],
    ['/items/crm_contacts?search=138+0013+8000&limit=25', '/items/crm_contacts?search=138****8000&limit=25'],
    ['/items/crm_contacts?search=138%200013%208000', '/items/crm_contacts?search=138****8000'],
    ['/items/x?search=%2B852%202123%204567', '/items/x?search=+852****4567'],
    ['/items/x?search=13800138000x12', '/items/x?search=138****8000-**'],
    ['/items/x?search=tel13800138000z', '/items/x?search=tel138****8000z'],
    ['/items/x?search=zhang%40example.com', '/items/x?search=z***@example.com'],
    ['/items/x?filter={"phone":{"_eq":"13800138000"}}', '/items/x?filter={"phone":{"_eq":"138****8000"}}'],
    ['/items/x?filter[phone][_eq]=010-65588888', '/items/x?filter[phone][_eq]=010-****8888'],
    ['/items/x?search=%E1%3C', '/items/x?***'],
    ['/items/x?text=2026-11-22 010-65588888', '/items/x?text=2026-11-22 010-****8888'],
    ['/items/x?text=2026-11-22 13800138000', '/items/x?text=2026-11-22 138****8000'],
    ['/items/x?text=138.001.380.00', '/items/x?text=138****8000'],
    ['/items/crm_contacts/13800138000', '/items/crm_contacts/138****8000'],
    ['/items/crm_contacts/zhang%40example.com?limit=1', '/items/crm_contacts/z***@example.com?limit=1'],
    ['/items/crm_leads?search=zhang_san_3', '/items/crm_leads?search=***'],
    ['/admin/content/crm_contacts?search=zhang_san_3', '/admin/content/crm_contacts?search=***'],
    ['/items/crm_customers?filter[contacts][wechat][_eq]=zhang_san_3', '/items/crm_customers?filter[contacts][wechat][_eq]=z***3'],
    ['/items/crm_leads?filter={"wechat":{"_in":["zhang_san_3"]}}', '/items/crm_leads?filter={"wechat":{"_in":["z***3"]}}'],
    ['/items/crm_customers?deep[contacts][_search]=zhang_san_3', '/items/crm_customers?deep[contacts][_search]=***'],
    ['/graphql?query={crm_leads(search:"zhang_san_3"){id}}', '/graphql?query=***'],
  ])('%s', (address, shown) => {
    expect(plain(address)).toBe(shown);
    expect(maskAddress(maskAddress(address))).toBe(maskAddress(address));
  });

  it.each([
    '/items/x?limit=25&page=2&sort=-date_created',
    '/items/x?filter[due_on][_gte]=2026-11-22',
    '/items/x?filter[at][_gte]=2026-11-22T08:00:00',
    '/items/x?filter[ip][_eq]=192.168.100.101',
    'https://192.168.100.101/admin/content/crm_contacts/+',
    '/items/x?filter[id][_eq]=3b0b6a7e-3f2f-4c55-9d53-0d7b6a7d8a11',
    '/items/crm_contacts/12345678-1234-4123-8123-138001380001',
    '/items/x?fields[]=name&search=%E5%90%AF%E6%98%8E',
    '/items/crm_contacts?search=&fields[]=phone',
    '/items/their_numbers/13800138000',
  ])('%s stays as it is', (address) => {
    expect(maskAddress(address)).toBe(address);
  });

  it('reaches into what was parsed', () => {
    expect(maskValues({ search: '13800138000', filter: { _or: [{ email: { _eq: 'a.b@example.com' } }] }, limit: 25 })).toEqual({
      search: '138****8000',
      filter: { _or: [{ email: { _eq: 'a***@example.com' } }] },
      limit: 25,
    });
    expect(maskQuery('/items/crm_leads', { search: 'zhang_san_3', limit: '25' })).toEqual({ search: '***', limit: '25' });
  });

  it('reaches into numbers, and into JSON within a text', () => {
    const body = JSON.stringify({ wechat: 'zhang_san_3', list: [{ phone: 13800138000 }] });
    expect(maskValues({ body, mobile: 13800138000, count: 12_345_678, at: new Date('2026-11-22T08:00:00Z'), none: null })).toEqual({
      body: JSON.stringify({ wechat: 'z***3', list: [{ phone: '138****8000' }] }),
      mobile: '138****8000',
      count: 12_345_678,
      at: '2026-11-22T08:00:00.000Z',
      none: null,
    });
  });

  it('reaches into JSON beside other words, quoted once or twice', () => {
    const row = JSON.stringify({ wechat: 'zhang_san_3', name: '张' });
    expect(maskValues(`收到 ${row}`)).toBe('收到 {"wechat":"z***3","name":"张"}');
    expect(maskValues(`收到 ${JSON.stringify(row)}`)).toBe(`收到 ${JSON.stringify('{"wechat":"z***3","name":"张"}')}`);
  });

  it.each(['1', '1 ', '1.', 'a', 'a@', '１', '\\', '"phone":'])('costs no more than its length: %s', (unit) => {
    const begun = performance.now();
    maskText(`${unit.repeat(20_000)}x`);
    maskValues(`${unit.repeat(20_000)}x`);
    maskAddress(`/items/x?search=${unit.repeat(20_000)}x`);
    expect(performance.now() - begun).toBeLessThan(1500);
  });
});
