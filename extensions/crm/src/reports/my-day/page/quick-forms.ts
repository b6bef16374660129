import type { Said } from '../../../platform/app/i18n.ts';
import { QUICK } from './locale.ts';

export type QuickKind = 'customer' | 'lead';

/** One of the few fields of a quick form: no more than six, so that a customer is entered in a minute. */
export interface QuickField {
  name: string;
  label: Said;
  kind: 'text' | 'phone' | 'choice' | 'region';
  most?: number;
  isNeeded?: boolean;
  /** Where the words of a choice stand: a field of the model. */
  choices?: readonly string[];
}

export type QuickValues = Record<string, string>;

export interface QuickForm {
  title: Said;
  icon: string;
  collection: 'crm_customers' | 'crm_leads';
  /** The field whose value is looked up while it is typed, and by which the record is called. */
  named: string;
  fields: readonly QuickField[];
  /** What a new form begins with. */
  first: QuickValues;
  /** One request, so one transaction: nothing is half there. */
  toRow(values: QuickValues): Record<string, unknown>;
}

const TITLE_MOST = 255;
const KINDS = ['company', 'institution', 'sole_trader', 'person', 'foreign'];
const SOURCES = ['own', 'company', 'referral', 'exhibition', 'website', 'phone', 'tender', 'other'];

const given = (values: QuickValues, ...names: string[]) =>
  Object.fromEntries(names.flatMap((name) => (values[name]?.trim() ? [[name, values[name].trim()]] : [])));

export const QUICK_FORMS: Record<QuickKind, QuickForm> = {
  customer: {
    title: QUICK.customer,
    icon: 'domain_add',
    collection: 'crm_customers',
    named: 'name',
    fields: [
      { name: 'name', label: QUICK.name, kind: 'text', most: TITLE_MOST, isNeeded: true },
      { name: 'kind', label: QUICK.kind, kind: 'choice', choices: KINDS, isNeeded: true },
      { name: 'contact_name', label: QUICK.contact, kind: 'text', most: 128 },
      { name: 'contact_phone', label: QUICK.phone, kind: 'phone', most: 64 },
      { name: 'region', label: QUICK.region, kind: 'region' },
      { name: 'needs', label: QUICK.needs, kind: 'text', most: 500 },
    ],
    first: { kind: 'company' },
    toRow(values) {
      const { contact_name: name, contact_phone: phone } = given(values, 'contact_name', 'contact_phone');
      // A number without a name is somebody's all the same; the server says what is missing at its field.
      const contact = name || phone ? [{ name: name ?? '', ...(phone ? { phone } : {}), is_primary: true }] : [];
      return {
        ...given(values, 'name', 'kind', 'region', 'needs'),
        ...(contact.length ? { contacts: { create: contact, update: [], delete: [] } } : {}),
      };
    },
  },
  lead: {
    title: QUICK.lead,
    icon: 'lightbulb',
    collection: 'crm_leads',
    named: 'company_name',
    fields: [
      { name: 'company_name', label: QUICK.company, kind: 'text', most: TITLE_MOST, isNeeded: true },
      { name: 'contact_name', label: QUICK.contact, kind: 'text', most: 128 },
      { name: 'phone', label: QUICK.phone, kind: 'phone', most: 64 },
      { name: 'region', label: QUICK.region, kind: 'region' },
      { name: 'source', label: QUICK.source, kind: 'choice', choices: SOURCES },
      { name: 'needs', label: QUICK.needs, kind: 'text', most: 500 },
    ],
    first: {},
    toRow: (values) => ({
      ...given(values, 'company_name', 'contact_name', 'phone', 'region', 'source', 'needs'),
      title: values['company_name']!.trim(),
    }),
  },
};

interface FaultOfServer {
  message: string;
  extensions?: { collection?: string; field?: string; path?: string };
}

/** Where on the quick form a refusal of the server belongs; '' for the form as a whole. */
export function placeOf({ fields }: QuickForm, { extensions }: FaultOfServer): string {
  const { field = '', path = '', collection = '' } = extensions ?? {};
  const inner = path.split('.').at(-1) ?? '';
  const isOfContact = collection === 'crm_contacts' || path.startsWith('contacts') || field === 'contacts';
  const wanted = isOfContact
    ? `contact_${inner === 'phone' || field === 'phone' ? 'phone' : 'name'}`
    : field === 'title'
      ? 'company_name'
      : field;
  return fields.some(({ name }) => name === wanted) ? wanted : '';
}

/** What the server refused, by field. */
export function faultsOf(form: QuickForm, error: unknown): Record<string, string> {
  const errors = (error as { response?: { data?: { errors?: FaultOfServer[] } } }).response?.data?.errors ?? [];
  return Object.fromEntries(errors.map((one) => [placeOf(form, one), one.message]));
}
