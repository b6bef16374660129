import { describe, expect, it } from 'vitest';
import { planConversion, type ConvertibleLead, type Means } from './plan-conversion.ts';

const LEAD: ConvertibleLead = {
  status: 'following',
  title: '采购挖掘机',
  segment: 's01',
  company_name: '启明软件有限公司',
  contact_name: '李雷',
  position: '采购经理',
  grade: 'A',
  source: 'company',
  needs: '三台',
  industry: 'i65',
  region: 'r33',
};
const MEANS: Means = { phone: '13800138000', email: null, wechat: '' };
const plan = (lead: Partial<ConvertibleLead>, wish = {}, means = MEANS) =>
  planConversion({ ...LEAD, ...lead }, means, wish, (name) => `${name}联系人`);

describe('SAL-1: what a conversion makes', () => {
  it('SAL-1: customer, contact and opportunity take over what the lead knows', () => {
    expect(plan({})).toEqual({
      customer: {
        ...{ name: '启明软件有限公司', kind: 'company', region: 'r33', industry: 'i65', grade: 'A', source: 'company', needs: '三台' },
      },
      contact: { name: '李雷', position: '采购经理', phone: '13800138000' },
      opportunity: { title: '采购挖掘机', needs: '三台' },
    });
  });

  it('SAL-1: without a company the customer is the person, with the person’s number', () => {
    const made = plan({ company_name: ' ' });
    expect(made?.customer).toMatchObject({ name: '李雷', kind: 'person', phone: '13800138000' });
    expect(made?.customer).not.toHaveProperty('industry');
  });

  it('SAL-1: a number without a name becomes the contact of the company', () => {
    expect(plan({ contact_name: null })?.contact).toMatchObject({ name: '启明软件有限公司联系人', phone: '13800138000' });
    expect(plan({ contact_name: null }, {}, { phone: null, email: null, wechat: null })?.contact).toBeNull();
  });

  it('SAL-1: what the caller says comes first', () => {
    const made = plan({}, { name: '启明集团', opportunity: { title: '大单', amount: 5, needs: '五台', expected_close_on: '2026-12-31' } });
    expect(made?.customer.name).toBe('启明集团');
    expect(made?.opportunity).toEqual({ title: '大单', amount: 5, needs: '五台', expected_close_on: '2026-12-31' });
    expect(plan({}, { opportunity: false })?.opportunity).toBeNull();
  });

  it('SAL-1: nothing is made of a lead that nobody knows', () => expect(plan({ company_name: null, contact_name: null })).toBeNull());
});
