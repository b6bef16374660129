/** What a required set or a weight may ask for besides a single column, by the name it has in the row (CUS-1 to CUS-5). */
import { t } from './fields.ts';

/** What contacts and tags add to a customer. */
export const RELATED_FACTS = [
  { value: 'contacts', text: t('联系人', 'Contacts') },
  { value: 'related_contacts', text: t('至少两位联系人', 'Two contacts at least') },
  { value: 'decision_maker', text: t('决策人', 'Decision maker') },
  { value: 'tags', text: t('标签', 'Tags') },
];

/** One of several is enough. */
export const ALTERNATIVES = [
  { value: 'employees|annual_revenue', text: t('员工人数或年营业额', 'Employees or annual revenue') },
  { value: 'phone|contacts', text: t('电话或联系人', 'Phone or a contact') },
];

export const CONTACT_ALTERNATIVES = [
  { value: 'phone|email|wechat', text: t('电话、邮箱或微信', 'Phone, e-mail or WeChat') },
  { value: 'phone|email', text: t('电话或邮箱', 'Phone or e-mail') },
];

/** What a draft lacks of its best contact. */
export const MISSING_OF_CONTACT = [
  { value: 'contacts.name', text: t('联系人姓名', 'Name of a contact') },
  { value: 'contacts.position', text: t('联系人职务', 'Position of a contact') },
  { value: 'contacts.phone|email|wechat', text: t('联系人电话、邮箱或微信', 'Phone, e-mail or WeChat of a contact') },
  { value: 'contacts.phone|email', text: t('联系人电话或邮箱', 'Phone or e-mail of a contact') },
];
