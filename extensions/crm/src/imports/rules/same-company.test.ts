import { expect, test } from 'vitest';
import { compareCompanies, companyTold, type CompanyTold } from './same-company.ts';

const told = (company: object, contact: object, named: Record<string, string[]> = {}): CompanyTold =>
  companyTold({ crm_customers: { name: '甲有限公司', ...company }, crm_contacts: { ...contact } }, new Map(Object.entries(named)));
const first = told({ uscc: 'X', address: '一' }, { name: '李雷', phone: '13800138000' }, { owner: ['1'], tags: ['a', 'b'] });

test.each<[string, CompanyTold, object]>([
  ['another contact, nothing else said of the company', told({}, { name: '韩梅梅' }), { says: 'contact' }],
  ['another contact, the same said of the company', told({ address: '一' }, { name: '韩梅梅' }, { tags: ['b', 'a'] }), { says: 'contact' }],
  ['nothing that the first line does not say', told({}, { name: '李雷' }), { says: 'same' }],
  ['no contact', told({ uscc: 'X' }, {}), { says: 'same' }],
  ['another address', told({ address: '二' }, { name: '韩梅梅' }), { says: 'other', target: 'address' }],
  ['a value that the first line leaves open', told({ website: 'w' }, { name: '韩梅梅' }), { says: 'other', target: 'website' }],
  ['another credit code', told({ uscc: 'Y' }, { name: '韩梅梅' }), { says: 'other', target: 'uscc' }],
  ['another owner', told({}, { name: '韩梅梅' }, { owner: ['2'] }), { says: 'other', target: 'owner' }],
  ['the same person with another number', told({}, { name: '李雷', phone: '13900139000' }), { says: 'other', target: 'contact.phone' }],
])('F32, IMP-1: a later line of a company brings %s', (_name, later, repeat) => {
  expect(compareCompanies(first, later)).toEqual(repeat);
});
