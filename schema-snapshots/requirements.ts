/** What a required set or a weight may ask for besides a single column, by the name it has in the row (CUS-1 to CUS-5). */
import type { FieldChoice } from './field-choices.ts';
import { t } from './fields.ts';

/** What contacts and tags add to a customer. */
export const RELATED_FACTS: FieldChoice[] = [
  { value: 'contacts', text: t('联系人', 'Contacts') },
  { value: 'reachable_contact', text: t('能联系上的联系人', 'A contact who can be reached') },
  { value: 'related_contacts', text: t('至少两位联系人', 'Two contacts at least') },
  { value: 'decision_maker', text: t('决策人', 'Decision maker') },
  { value: 'tags', text: t('标签', 'Tags') },
];

/** One of several is enough. */
export const ALTERNATIVES: FieldChoice[] = [
  { value: 'employees|annual_revenue', text: t('员工人数或年营业额', 'Employees or annual revenue') },
  { value: 'phone|reachable_contact', text: t('电话或能联系上的联系人', 'Phone or a contact who can be reached') },
];

export const CONTACT_ALTERNATIVES: FieldChoice[] = [
  { value: 'phone|email|wechat', text: t('电话、邮箱或微信', 'Phone, e-mail or WeChat') },
  { value: 'phone|email', text: t('电话或邮箱', 'Phone or e-mail') },
];

/**
 * What a draft may lack, whatever an administrator asks for: a field of the customer, `contacts.` and a field of its best
 * contact, and each of them again as the other one of two (`or:`).
 */
export function missingChoices(ofCustomer: FieldChoice[], ofContact: FieldChoice[]): FieldChoice[] {
  const first = [
    ...ofCustomer,
    ...ofContact.map(({ value, text }) => ({ value: `contacts.${value}`, text: t(`联系人：${text.zh}`, `Contact: ${text.en}`) })),
  ];
  return [...first, ...first.map(({ value, text }) => ({ value: `or:${value}`, text: t(`或 ${text.zh}`, `or ${text.en}`) }))];
}
