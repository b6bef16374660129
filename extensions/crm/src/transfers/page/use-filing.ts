import { useApi } from '@directus/extensions-sdk';
import { computed, ref, watch, type ComputedRef, type Ref } from 'vue';
import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import { useSay } from '../../platform/app/i18n.ts';
import type { OwnersAnswer } from '../desk/contract.ts';
import { DESK, FILING } from './locale.ts';

interface Choice {
  value: string;
  text: string;
}

/** The customer that is to go, as far as the reader sees it. */
export interface Leaving {
  id: string;
  name: string;
  segment: string;
  owner: string;
}

/** As many segments as a list is still read by a person. */
const MOST_SEGMENTS = 500;

/** What a request can name: the customer, the segments of the group, and within its own segment the colleagues. */
export function useFiling(): {
  customer: Ref<Leaving | null>;
  /** Whether the customer that was named is not to be found. */
  isGone: Ref<boolean>;
  to: Ref<string>;
  segments: ComputedRef<Choice[]>;
  owners: ComputedRef<Choice[]>;
  isWithin: ComputedRef<boolean>;
  loadCustomer(id: string): Promise<void>;
  loadSegments(): Promise<void>;
} {
  const api = useApi();
  const say = useSay();
  const customer = ref<Leaving | null>(null);
  const isGone = ref(false);
  const to = ref('');
  const all = ref<{ id: string; code: string; name: string }[]>([]);
  const people = ref<OwnersAnswer['owners']>([]);
  const isWithin = computed(() => customer.value?.segment === to.value);

  watch([customer, to], async () => {
    const segment = isWithin.value ? to.value : null;
    people.value = [];
    if (!segment) return;
    const { data } = await api.get<OwnersAnswer>('/crm/transfers/owners', { params: { segment } }).catch(() => ({ data: { owners: [] } }));
    if (segment === to.value) people.value = data.owners;
  });

  return {
    ...{ customer, isGone, to, isWithin },
    segments: computed(() => [
      { value: '', text: say(FILING.chooseSegment) },
      ...all.value.filter(({ id }) => id !== GROUP_SEGMENT_ID).map(({ id, code, name }) => ({ value: id, text: `${code} ${name}` })),
    ]),
    owners: computed(() => [
      { value: '', text: say(FILING.chooseOwner) },
      ...people.value
        .filter(({ id }) => id !== customer.value?.owner)
        .map(({ id, name }) => ({ value: id, text: name ?? say(DESK.someone) })),
    ]),
    async loadCustomer(id) {
      isGone.value = false;
      const fields = 'id,name,segment,owner';
      const answer = await api.get<{ data: Leaving }>(`/items/crm_customers/${id}`, { params: { fields } }).catch(() => null);
      customer.value = answer?.data.data ?? null;
      isGone.value = !answer;
    },
    async loadSegments() {
      const params = { fields: 'id,code,name', sort: 'code', limit: MOST_SEGMENTS };
      const answer = await api.get<{ data: typeof all.value }>('/items/crm_segments', { params }).catch(() => null);
      all.value = answer?.data.data ?? [];
    },
  };
}
