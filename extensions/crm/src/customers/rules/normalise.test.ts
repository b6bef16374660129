import { describe, expect, it } from 'vitest';
import { VALUE_TEXTS } from '../locale/value-texts.ts';
import { faultsBelow, normalise } from './normalise.ts';

const NOW = new Date('2026-11-22T08:00:00Z');

describe('every value is read into its one stored form', () => {
  it.each([
    ['crm_customers', 'name', ' 华东(上海) 贸易有限公司', '华东（上海）贸易有限公司'],
    ['crm_customers', 'uscc', '91350100m000100y43', '91350100M000100Y43'],
    ['crm_customers', 'uscc', '  ', null],
    ['crm_customers', 'phone', '+86 10 6558 8888', '010-65588888'],
    ['crm_customers', 'website', 'Example.com', 'https://example.com'],
    ['crm_customers', 'employees', '500', '500'],
    ['crm_customers', 'needs', ' 第一行\r\n第二行 ', '第一行\n第二行'],
    ['crm_opportunities', 'needs', '\u3164 \u00ad', null],
    ['crm_opportunities', 'stage_reason', '\u200b', null],
    ['crm_contacts', 'name', '张 三', '张三'],
    ['crm_contacts', 'email', 'A@Example.com', 'a@example.com'],
    ['crm_contacts', 'wechat', ' Zhang_San ', 'Zhang_San'],
    ['crm_leads', 'company_name', '华东(上海)贸易有限公司', '华东（上海）贸易有限公司'],
    ['crm_leads', 'phone', '138 0013 8000', '13800138000'],
    ['crm_activities', 'subject', 'ＡＢＣ：拜访', 'ABC：拜访'],
    ['crm_targets', 'period', '2026-q3', '2026-Q3'],
    ['crm_required_sets', 'fields', ['name', ' employees | annual_revenue '], ['name', 'employees|annual_revenue']],
    ['crm_stages', 'required_fields', ['needs', 'order_or_contract'], ['needs', 'order_or_contract']],
    ['crm_segments', 'timezone', 'europe/berlin', 'Europe/Berlin'],
    ['crm_activities', 'done_at', '2026-11-22T08:00:00Z', '2026-11-22T08:00:00Z'],
    ['crm_activities', 'done_at', '2026-11-23T07:59:00Z', '2026-11-23T07:59:00Z'],
    ['crm_opportunities', 'amount', 0.005, 0.01],
    ['crm_opportunities', 'discount_percent', '7.125', 7.13],
    ['crm_orders', 'amount', '1234567.891', 1234567.89],
  ])('%s.%s: %j → %j', (collection, field, typed, stored) => {
    expect(normalise(collection, { [field]: typed }, NOW)).toEqual({ row: { [field]: stored }, faults: [] });
  });

  it.each([
    ['crm_customers', 'name', ' \u3000 ', 'blank'],
    ['crm_customers', 'uscc', '91350100M000100Y44', 'credit_code.check_digit'],
    ['crm_customers', 'phone', '123', 'phone.length'],
    ['crm_customers', 'postcode', '12', 'postcode.shape'],
    ['crm_customers', 'website', 'javascript:alert(1)', 'website.scheme'],
    ['crm_customers', 'employees', -1, 'employees'],
    ['crm_customers', 'employees', 20_000_000, 'employees'],
    ['crm_customers', 'annual_revenue', -0.01, 'negative'],
    ['crm_customers', 'last_verified_on', '0202-01-01', 'date.range'],
    ['crm_contacts', 'email', 'nobody', 'email.no_at'],
    ['crm_contacts', 'wechat', 'x'.repeat(65), 'too_long'],
    ['crm_opportunities', 'discount_percent', 101, 'percent'],
    ['crm_opportunities', 'amount', -5, 'negative'],
    ['crm_targets', 'period', '2026-13', 'period'],
    ['crm_required_sets', 'fields', ['owner'], 'unknown_customer_field'],
    ['crm_required_sets', 'contact_fields', ['hat'], 'unknown_contact_field'],
    ['crm_completeness_weights', 'field', 'constructor', 'unknown_customer_field'],
    ['crm_completeness_weights', 'weight', 101, 'weight'],
    ['crm_stages', 'required_fields', ['colour'], 'unknown_opportunity_field'],
    ['crm_segments', 'timezone', 'Asia/Shanghigh', 'time_zone'],
    ['crm_segments', 'timezone', '+08:00', 'time_zone'],
    ['crm_activities', 'done_at', '9999-12-31T00:00:00Z', 'date.range'],
    ['crm_activities', 'done_at', '1626-11-22T00:00:00Z', 'date.range'],
    ['crm_activities', 'done_at', '2026-11-23T08:01:00Z', 'not_yet'],
    ['crm_activities', 'due_on', '2206-11-22', 'date.range'],
    ['crm_customers', 'website', `example.com/${'x'.repeat(240)}`, 'too_long'],
    ['crm_customers', 'name', 'A(B)'.repeat(60), 'too_long'],
  ])('%s.%s: %j is refused: %s', (collection, field, typed, reason) => {
    expect(normalise(collection, { [field]: typed }, NOW).faults).toMatchObject([{ collection, field, reason }]);
  });

  it('a contract ends after it starts', () => {
    expect(normalise('crm_contracts', { starts_on: '2026-02-01', ends_on: '2026-01-31' }, NOW).faults).toMatchObject([
      { field: 'ends_on', reason: 'ends_before_start' },
    ]);
  });

  it('faults in nested rows stand at the list of the form, in arrays and in lists of changes', () => {
    const bad = { name: '李雷', phone: '123' };
    expect(faultsBelow('crm_customers', { contacts: [bad] }, NOW)).toEqual([
      { collection: 'crm_customers', field: 'contacts', reason: 'phone.length', within: { path: 'contacts.phone', row: '李雷' } },
    ]);
    expect(
      faultsBelow('crm_customers', { contacts: { create: [bad], update: [{ id: 'x', email: 'y' }], delete: [] } }, NOW).map(
        ({ within }) => within,
      ),
    ).toEqual([
      { path: 'contacts.phone', row: '李雷' },
      { path: 'contacts.email', row: null },
    ]);
    expect(faultsBelow('crm_customers', { opportunities: [{ title: '扩容', activities: [{ subject: ' ' }] }] }, NOW)).toEqual([
      {
        collection: 'crm_customers',
        field: 'opportunities',
        reason: 'blank',
        within: { path: 'opportunities.activities.subject', row: '扩容' },
      },
    ]);
  });

  it('every reason says in both languages what to do', () => {
    for (const [reason, text] of Object.entries(VALUE_TEXTS)) {
      expect(text['zh-CN'], reason).toMatch(/[\u4e00-\u9fff].*。$/u);
      expect(text['en-US'], reason).toMatch(/^[“A-Z].*\.$/u);
    }
  });
});
