import { useApi } from '@directus/extensions-sdk';
import { computed, ref } from 'vue';
import { useSay } from '../../../platform/app/i18n.ts';
import type { HandoverPeople, HandoverPerson } from '../contract.ts';
import { HANDOVER } from './locale.ts';
import { successors } from './successors.ts';

export type Colleague = HandoverPerson;

export const nameOf = ({ name }: Pick<Colleague, 'name'>): string => name ?? '—';

/** The people whom the reader answers for, and of whom each may take over from whom. */
export function usePeople() {
  const api = useApi();
  const say = useSay();
  const people = ref<Colleague[]>([]);
  const byId = computed(() => new Map(people.value.map((one) => [one.id, one])));

  async function load(): Promise<void> {
    people.value = (await api.get<HandoverPeople>('/crm/handovers/people')).data.people;
  }
  const textOf = (one: Colleague): string => [one.name ?? say(HANDOVER.elsewhere), one.position].filter(Boolean).join(' · ');
  const successorsOf = (id: string): Colleague[] => successors(people.value, id);
  return { people, byId, load, textOf, successorsOf };
}
