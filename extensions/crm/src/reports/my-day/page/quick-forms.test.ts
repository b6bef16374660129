import { expect, test } from 'vitest';
import { faultsOf, placeOf, QUICK_FORMS } from './quick-forms.ts';

test('USE-3: a quick form asks for six things at most', () => {
  for (const { fields } of Object.values(QUICK_FORMS)) expect(fields.length).toBeLessThanOrEqual(6);
});

test('CUS-1: a quick customer is one request with its contact, and without what was left empty', () => {
  const { toRow } = QUICK_FORMS.customer;
  expect(
    toRow({ name: ' 启明有限公司 ', kind: 'company', contact_name: '李雷', contact_phone: '13800138000', region: '', needs: ' ' }),
  ).toEqual({
    name: '启明有限公司',
    kind: 'company',
    contacts: { create: [{ name: '李雷', phone: '13800138000', is_primary: true }], update: [], delete: [] },
  });
  expect(toRow({ name: '启明', kind: 'company' })).toEqual({ name: '启明', kind: 'company' });
  expect(toRow({ name: '启明', contact_phone: '1' })['contacts']).toMatchObject({ create: [{ name: '', phone: '1' }] });
});

test('SAL-1: a quick lead is called by its company', () => {
  expect(QUICK_FORMS.lead.toRow({ company_name: '启明', phone: '13800138000', source: 'website' })).toEqual({
    title: '启明',
    company_name: '启明',
    phone: '13800138000',
    source: 'website',
  });
});

test.each([
  ['customer', { collection: 'crm_customers', field: 'name' }, 'name'],
  ['customer', { collection: 'crm_customers', field: 'contacts', path: 'contacts.create.0.phone' }, 'contact_phone'],
  ['customer', { collection: 'crm_contacts', field: 'phone' }, 'contact_phone'],
  ['customer', { collection: 'crm_contacts', field: 'name' }, 'contact_name'],
  ['customer', { collection: 'crm_customers', field: 'uscc' }, ''],
  ['lead', { collection: 'crm_leads', field: 'title' }, 'company_name'],
  ['lead', { collection: 'crm_leads', field: 'phone' }, 'phone'],
] as const)('CUS-7: on the quick %s, a refusal of %o stands at “%s”', (kind, extensions, place) => {
  expect(placeOf(QUICK_FORMS[kind], { message: 'x', extensions })).toBe(place);
});

test('CUS-7: every refusal of an answer is told', () => {
  const error = { response: { data: { errors: [{ message: '电话不对', extensions: { field: 'phone' } }, { message: '没有权限' }] } } };
  expect(faultsOf(QUICK_FORMS.lead, error)).toEqual({ phone: '电话不对', '': '没有权限' });
});
