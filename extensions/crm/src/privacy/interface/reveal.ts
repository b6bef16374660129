import { useApi } from '@directus/extensions-sdk';

/** Collections with sealed fields, by the word that stands in the address of their reveal route (contract.md). */
const ROUTES: Readonly<Record<string, string>> = { crm_contacts: 'contacts', crm_leads: 'leads', crm_customers: 'customers' };

/** The owner's reason: one row per user, record, field and day, whatever the number of looks (Q11). */
export const FOLLOW_UP = 'follow_up';

export interface SealedPlace {
  collection: string;
  item: string;
  field: string;
}

/** Asks the server for one sealed value; every answer is recorded there. SEC-5. */
export function useReveal(): (place: SealedPlace, reason: string) => Promise<string | null> {
  const api = useApi();
  return async ({ collection, item, field }, reason) => {
    const route = ROUTES[collection];
    if (!route) return null;
    const { data } = await api.post<{ value: string | null }>(`/crm/${route}/${item}/reveal`, { field, reason });
    return data.value;
  };
}
