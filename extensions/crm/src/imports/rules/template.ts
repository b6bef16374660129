import { COLLECTIONS } from '../../kernel/collections.ts';
import { normalise } from '../../customers/index.ts';
import { readCell } from './read-cell.ts';
import { TARGETS, type ImportKind, type Target } from './targets.ts';
import type { Words } from './words.ts';

/** What a person fills in offline and brings back (IMP-2, IMP-4): headings, an example, and the choices of each column. */
export interface Template {
  headers: string[];
  example: string[];
  /** By column; empty where anything may stand. */
  choices: string[][];
}

export type Language = 'zh' | 'en';

/** Examples, as people write them; the customer is the group's own invention. */
const EXAMPLES: Record<string, Partial<Record<Language, string>> & { any?: string }> = {
  'crm_customers.name': { zh: '北京示例科技有限公司', en: 'Example Trading Co., Ltd.' },
  'crm_customers.uscc': { any: '91350100M000100Y43' },
  'crm_customers.phone': { any: '010-65588888' },
  'crm_customers.website': { any: 'https://www.example.com' },
  'crm_customers.postcode': { any: '100020' },
  'crm_customers.employees': { any: '300' },
  'crm_customers.annual_revenue': { any: '12000000.00' },
  'crm_customers.last_verified_on': { any: '2026-11-21' },
  'crm_contacts.name': { zh: '张三', en: 'Anna Berg' },
  'crm_contacts.phone': { any: '13800138000' },
  'crm_contacts.email': { any: 'name@example.com' },
  'crm_contacts.wechat': { any: 'name_2026' },
  'crm_contacts.position': { zh: '采购经理', en: 'Head of purchasing' },
  'crm_contacts.last_verified_on': { any: '2026-11-21' },
  'crm_leads.title': { zh: '展会咨询', en: 'Enquiry at the fair' },
  'crm_leads.company_name': { zh: '北京示例科技有限公司', en: 'Example Trading Co., Ltd.' },
  'crm_leads.contact_name': { zh: '张三', en: 'Anna Berg' },
  'crm_leads.phone': { any: '13800138000' },
  'crm_leads.email': { any: 'name@example.com' },
  'crm_activities.customer': { zh: '北京示例科技有限公司', en: 'Example Trading Co., Ltd.' },
  'crm_activities.subject': { zh: '上门拜访', en: 'Visit' },
  'crm_activities.due_on': { any: '2026-11-25' },
  'crm_activities.done_at': { any: '2026-11-20 14:30' },
  'crm_contacts.customer': { zh: '北京示例科技有限公司', en: 'Example Trading Co., Ltd.' },
  'crm_orders.number': { any: 'HT-2026-001' },
  'crm_orders.customer': { zh: '北京示例科技有限公司', en: 'Example Trading Co., Ltd.' },
  'crm_orders.amount': { any: '120000.00' },
  'crm_orders.signed_on': { any: '2026-11-20' },
};

/** Headings of what has the label of another column in the same table. */
const PREFIX: Record<Language, string> = { zh: '联系人', en: 'Contact ' };
const TAGS: Record<Language, string> = { zh: '标签', en: 'Tags' };
const YES_NO: Record<Language, string[]> = { zh: ['是', '否'], en: ['Yes', 'No'] };

const isYesNo = ({ collection, field }: Target): boolean => COLLECTIONS[collection]?.fields[field]?.type === 'boolean';

/** The template of a kind in one language; brought back filled in, every one of its columns finds its field. */
export function templateOf(kind: ImportKind, words: Words, language: Language): Template {
  const columns = TARGETS[kind].map((target) => {
    const name = `${target.collection}.${target.field}`;
    const choices = isYesNo(target) ? YES_NO[language] : (words.get(name)?.choices ?? []).map(({ text }) => text[language]);
    const example = EXAMPLES[name];
    return { header: targetLabel(target, words, language), choices, example: example?.any ?? example?.[language] ?? choices[0] ?? '' };
  });
  return {
    headers: columns.map(({ header }) => header),
    example: columns.map(({ example }) => example),
    choices: columns.map(({ choices }) => choices),
  };
}

/**
 * Whether a row is the example of a template that nobody took out: every cell that goes somewhere says what the example
 * says, also where a spreadsheet has saved its days and amounts in another form. It is no row of theirs.
 */
export function exampleRows(kind: ImportKind, words: Words, now: Date): (told: ReadonlyMap<string, string>) => boolean {
  const saidBy = (target: Target, cell: string): string => {
    const { collection, field } = target;
    const reading = readCell(target, cell, { words: words.get(`${collection}.${field}`), factor: 1, timeZone: 'UTC' });
    if (reading.state !== 'value') return cell;
    if (target.role !== 'value') return String(reading.value);
    const { row } = normalise(collection, { [field]: reading.value }, now);
    return COLLECTIONS[collection]!.fields[field]!.type === 'decimal' ? String(Number(row[field])) : String(row[field]);
  };
  const examples = (['zh', 'en'] as const).map((language) => {
    const { example } = templateOf(kind, words, language);
    return new Map(
      TARGETS[kind].map((target, column) => [target.key, { target, cell: example[column]!, said: saidBy(target, example[column]!) }]),
    );
  });
  const isSaid = (example: (typeof examples)[number], key: string, cell: string): boolean => {
    const one = example.get(key);
    return one !== undefined && one.cell !== '' && (one.cell === cell || one.said === saidBy(one.target, cell));
  };
  return (told) => told.size > 1 && examples.some((example) => [...told].every(([key, cell]) => isSaid(example, key, cell)));
}

/** What a column is called in a template of a language, and where a person chooses what a column is. */
export function targetLabel({ key, collection, field }: Target, words: Words, language: Language): string {
  if (key === 'tags') return TAGS[language];
  const label = words.get(`${collection}.${field}`)!.label[language];
  return key.startsWith('contact.') ? `${PREFIX[language]}${label}` : label;
}
