import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';

/** Records that approvals are about, by the field of the approval that says so. */
export const LINKS: Readonly<Record<string, string>> = { crm_customers: 'customer', crm_leads: 'lead', crm_opportunities: 'opportunity' };

/** The approvals that wait on a record, oldest first, as far as the reader may see them (APR-1). */
export function usePending(): { pending: Ref<string[]>; look(collection: string, id: string): Promise<void> } {
  const api = useApi();
  const pending = ref<string[]>([]);
  return {
    pending,
    async look(collection, id) {
      const filter = JSON.stringify({ _and: [{ [LINKS[collection]!]: { _eq: id } }, { state: { _eq: 'pending' } }] });
      const params = { filter, fields: 'id', sort: 'date_created', limit: 5 };
      const found = await api.get<{ data: { id: string }[] }>('/items/crm_approvals', { params }).catch(() => null);
      pending.value = found?.data.data.map((row) => row.id) ?? [];
    },
  };
}
