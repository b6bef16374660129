import { useApi } from '@directus/extensions-sdk';
import { computed, ref, watch } from 'vue';
import { GROUP_SEGMENT_ID } from '../../../kernel/roles.ts';
import { useSay } from '../../../platform/app/i18n.ts';
import type { AllocateAnswer, AllocateRequest } from '../../leads/contract.ts';
import { ALLOCATE, LEAD } from './locale.ts';
import { readRefusal } from './refused.ts';
import type { LeadAhead } from './use-lead.ts';

/** What became of an allocation, in words; an approval that waits can be looked at. */
export interface Allocated {
  text: string;
  approval: string | null;
}

interface Person {
  id: string;
  name: string | null;
}

interface Segment {
  id: string;
  code: string;
  name: string;
}

const ROUTE = 'route';
/** As many segments as a list is still read by a person. */
const MOST_SEGMENTS = 500;

/**
 * Who can get a lead, and the step itself (SAL-9, SAL-10). A rep names a colleague; a lead of the group pool goes to a segment
 * first (Q21).
 */
export function useAllocation(lead: LeadAhead, isPassedOn: boolean) {
  const api = useApi();
  const say = useSay();
  const isPool = lead.segment.id === GROUP_SEGMENT_ID;
  const segment = ref(isPool ? '' : lead.segment.id);
  const owner = ref('');
  const reason = ref('');
  const all = ref<Segment[]>([]);
  const people = ref<Person[] | null>(null);
  const isWithoutPeople = ref(false);
  const isBusy = ref(false);
  const failure = ref('');

  const segments = computed(() => [
    { value: '', text: say(ALLOCATE.chooseSegment) },
    ...all.value.filter(({ id }) => id !== GROUP_SEGMENT_ID).map(({ id, code, name }) => ({ value: id, text: `${code} ${name}` })),
  ]);
  const others = computed(() => (people.value ?? []).filter(({ id }) => id !== lead.owner));
  const owners = computed(() => [
    { value: '', text: say(isPool ? ALLOCATE.later : ALLOCATE.choose) },
    ...(isPassedOn ? [] : [{ value: ROUTE, text: say(ALLOCATE.route) }]),
    ...others.value.map(({ id, name }) => ({ value: id, text: name ?? say(ALLOCATE.someone) })),
  ]);
  const isReady = computed(() => (isPool ? segment.value !== '' : owner.value !== ''));

  async function loadSegments(): Promise<void> {
    const params = { fields: 'id,code,name', sort: 'code', limit: MOST_SEGMENTS, filter: JSON.stringify({ active: { _eq: true } }) };
    const answer = await api.get<{ data: Segment[] }>('/items/crm_segments', { params }).catch(() => null);
    all.value = answer?.data.data ?? [];
    isWithoutPeople.value = !answer;
  }

  async function loadPeople(): Promise<void> {
    const asked = segment.value;
    people.value = null;
    isWithoutPeople.value = false;
    if (!asked) return;
    const answer = await api.get<{ owners: Person[] }>('/crm/transfers/owners', { params: { segment: asked } }).catch(() => null);
    if (asked !== segment.value) return;
    people.value = answer?.data.owners ?? [];
    isWithoutPeople.value = !answer;
  }

  async function begin(): Promise<void> {
    await (isPool && !all.value.length ? loadSegments() : loadPeople());
  }
  watch(segment, () => {
    owner.value = '';
    void loadPeople();
  });

  function said({ state, owner: given, approval }: AllocateAnswer): Allocated {
    const name = people.value?.find(({ id }) => id === given)?.name ?? say(ALLOCATE.someone);
    const place = all.value.find(({ id }) => id === segment.value)?.name ?? lead.segment.name;
    if (state === 'pending') return { text: say(ALLOCATE.pending), approval };
    return { text: state === 'allocated' ? say(ALLOCATE.allocated, { name }) : say(ALLOCATE.waiting, { segment: place }), approval: null };
  }

  /** Gives what became of it; null where the server refused, with its words in `failure`. */
  async function allocate(): Promise<Allocated | null> {
    if (!isReady.value || isBusy.value) return null;
    isBusy.value = true;
    failure.value = '';
    const wish: AllocateRequest = {
      ...(owner.value ? { owner: owner.value } : {}),
      ...(isPool ? { segment: segment.value } : {}),
      ...(reason.value.trim() ? { reason: reason.value.trim() } : {}),
    };
    try {
      return said((await api.post<AllocateAnswer>(`/crm/leads/${lead.id}/allocate`, wish)).data);
    } catch (error) {
      failure.value = readRefusal(error).text || say(LEAD.notNow);
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  return { isPool, segment, owner, reason, segments, owners, others, people, isWithoutPeople, isReady, isBusy, failure, begin, allocate };
}
