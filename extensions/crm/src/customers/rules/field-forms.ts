import { COLLECTIONS } from '../../kernel/collections.ts';

/** How a field's typed value is read into its one stored form. */
export type FieldForm =
  | 'legal_name'
  | 'person_name'
  | 'title'
  | 'code'
  | 'prose'
  | 'as_typed'
  | 'credit_code'
  | 'phone'
  | 'email'
  | 'wechat'
  | 'postcode'
  | 'website'
  | 'date'
  | 'moment'
  | 'past_moment'
  | 'time_zone'
  | 'amount'
  | 'employees'
  | 'percent'
  | 'weight'
  | 'period'
  | 'customer_fields'
  | 'customer_field'
  | 'contact_fields'
  | 'opportunity_fields';

/** The fields that are more than a title, a longer text or a date. CUS-6, CUS-7, DQ-6. */
const FORMS: Record<string, Record<string, FieldForm>> = {
  crm_customers: {
    name: 'legal_name',
    uscc: 'credit_code',
    phone: 'phone',
    postcode: 'postcode',
    website: 'website',
    employees: 'employees',
    annual_revenue: 'amount',
  },
  crm_contacts: { name: 'person_name', phone: 'phone', email: 'email', wechat: 'wechat' },
  crm_leads: { company_name: 'legal_name', contact_name: 'person_name', phone: 'phone', email: 'email', wechat: 'wechat' },
  crm_opportunities: { amount: 'amount', discount_percent: 'percent' },
  crm_orders: { number: 'code', amount: 'amount' },
  crm_order_lines: { quantity: 'amount', price: 'amount', amount: 'amount' },
  crm_contracts: { number: 'code', amount: 'amount' },
  crm_targets: { amount: 'amount', period: 'period' },
  crm_products: { code: 'code', price: 'amount' },
  crm_segments: { code: 'code', timezone: 'time_zone' },
  crm_activities: { done_at: 'past_moment' },
  crm_regions: { code: 'code' },
  crm_industries: { code: 'code' },
  crm_companies: { name: 'legal_name' },
  crm_stages: { key: 'code', probability: 'percent', required_fields: 'opportunity_fields' },
  crm_required_sets: { fields: 'customer_fields', contact_fields: 'contact_fields' },
  crm_completeness_weights: { field: 'customer_field', weight: 'weight' },
};

/** The form of one field; null where the value is stored as it is sent. */
export function formOf(collection: string, field: string): FieldForm | null {
  const info = COLLECTIONS[collection];
  if (!info || info.tenancy === 'internal') return null;
  const written = FORMS[collection]?.[field];
  if (written) return written;
  const shape = Object.hasOwn(info.fields, field) ? info.fields[field] : undefined;
  if (!shape || shape.choices || shape.relation || shape.secret) return null;
  if (shape.type === 'string') return 'title';
  if (shape.type === 'text') return shape.sealed ? 'as_typed' : 'prose';
  if (shape.type === 'timestamp') return 'moment';
  return shape.type === 'date' ? 'date' : null;
}
