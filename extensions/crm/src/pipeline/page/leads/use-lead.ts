import { useApi } from '@directus/extensions-sdk';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { createTurns } from '../../../platform/app/turns.ts';
import { messageOf } from '../../../platform/app/use-crm-api.ts';
import type { LeadStatus } from '../../leads/rules/lead-status.ts';

/** A lead as far as its next step goes. */
export interface LeadAhead {
  id: string;
  title: string;
  status: LeadStatus;
  owner: string | null;
  segment: { id: string; name: string };
  customer: { id: string; name: string } | null;
  converted_to: string | null;
}

const FIELDS = 'id,title,status,owner,segment.id,segment.name,customer.id,customer.name,converted_to';

/** The lead as it is stored, whatever stands unsaved in the form around. */
export function useLead(): { lead: ShallowRef<LeadAhead | null>; failure: Ref<string | null>; load(id: string): Promise<void> } {
  const api = useApi();
  const lead = shallowRef<LeadAhead | null>(null);
  const failure = ref<string | null>(null);
  const turns = createTurns();
  return {
    lead,
    failure,
    async load(id) {
      const isWanted = turns.load();
      failure.value = null;
      try {
        const { data } = await api.get<{ data: LeadAhead }>(`/items/crm_leads/${id}`, { params: { fields: FIELDS } });
        if (isWanted()) lead.value = data.data;
      } catch (error) {
        if (isWanted()) failure.value = messageOf(error);
      }
    },
  };
}
