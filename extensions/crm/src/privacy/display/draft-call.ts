import { useApi } from '@directus/extensions-sdk';
import { useSay } from '../../platform/app/i18n.ts';
import { SEALED } from '../locale/sealed-texts.ts';

/** On which record a call with somebody is written down; with a contact it is the customer's. */
const RECORD_OF: Readonly<Record<string, { field: 'customer' | 'lead'; from: 'id' | 'customer' }>> = {
  crm_contacts: { field: 'customer', from: 'customer' },
  crm_customers: { field: 'customer', from: 'id' },
  crm_leads: { field: 'lead', from: 'id' },
};

/**
 * Drafts the activity of a call that is about to be made, or finds the one that stands open since today, and gives its key
 * (Q11: a rep who makes 60 calls a day must not be driven to a private spreadsheet).
 */
export function useDraftCall(): (collection: string, item: string) => Promise<string | null> {
  const api = useApi();
  const say = useSay();

  async function recordOf(collection: string, item: string): Promise<[string, string] | null> {
    const record = RECORD_OF[collection];
    if (!record) return null;
    if (record.from === 'id') return [record.field, item];
    const { data } = await api.get<{ data: { customer: string | null } }>(`/items/${collection}/${item}`, {
      params: { fields: 'customer' },
    });
    return data.data.customer ? [record.field, data.data.customer] : null;
  }

  return async (collection, item) => {
    const record = await recordOf(collection, item);
    if (!record) return null;
    const [field, key] = record;
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(new Date());
    const open = { _and: [{ type: { _eq: 'call' } }, { [field]: { _eq: key } }, { due_on: { _eq: today } }, { done_at: { _null: true } }] };
    const { data } = await api.get<{ data: { id: string }[] }>('/items/crm_activities', {
      params: { fields: 'id', limit: 1, filter: JSON.stringify(open) },
    });
    if (data.data[0]) return data.data[0].id;
    const made = await api.post<{ data: { id: string } }>('/items/crm_activities', {
      type: 'call',
      subject: say(SEALED.callSubject),
      due_on: today,
      [field]: key,
    });
    return made.data.data.id;
  };
}
