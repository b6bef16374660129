import { useApi } from '@directus/extensions-sdk';
import { computed, ref, watch } from 'vue';
import { useSay, type Said } from '../../../platform/app/i18n.ts';
import { messageOf, useCrmGet, type ViewState } from '../../../platform/app/use-crm-api.ts';
import type { PeopleAnswer, PersonView } from '../contract.ts';
import { ACT } from './locale.ts';

const SIZE = 20;

export interface Wish {
  kind: 'freeze' | 'thaw';
  reason: string;
  /** A day; empty: until somebody thaws. */
  until: string;
}

interface Told {
  type: 'success' | 'danger';
  text: string;
}

/** The people of the reader's reach, and what the reader does to one of them. */
export function usePeople() {
  const api = useApi();
  const say = useSay();
  const list = ref<'all' | 'active' | 'frozen' | 'closed'>('all');
  const found = ref('');
  const page = ref(1);
  const isBusy = ref(false);
  const told = ref<Told | null>(null);
  const path = () => `/people?state=${list.value}&q=${encodeURIComponent(found.value)}&limit=${SIZE}&offset=${(page.value - 1) * SIZE}`;
  const { data, state, message, load, refresh } = useCrmGet<PeopleAnswer>(path);
  const view = computed<ViewState>(() => (state.value === 'ready' && !data.value?.people.length ? 'empty' : state.value));
  const pages = computed(() => Math.max(1, Math.ceil((data.value?.total ?? 0) / SIZE)));

  function turn(by: number): void {
    page.value += by;
    void load();
  }
  function find(text: string): void {
    found.value = text.trim();
    page.value = 1;
    void load();
  }
  watch(list, () => find(found.value));

  async function send(person: PersonView, { kind, reason, until }: Wish): Promise<Said> {
    const at = `/crm/users/${person.id}`;
    if (kind === 'thaw') {
      await api.post(`${at}/thaw`, { reason });
      return ACT.thawed;
    }
    const { data: answer } = await api.post<{ state: string }>(`${at}/freeze`, { reason, until: until || null });
    return answer.state === 'pending' ? ACT.asked : ACT.frozen;
  }

  /** Freezes or thaws somebody; afterwards the list is read anew, refused or not. */
  async function act(person: PersonView, wish: Wish): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    told.value = null;
    try {
      told.value = { type: 'success', text: say(await send(person, wish), { name: person.name }) };
      return true;
    } catch (error) {
      told.value = { type: 'danger', text: messageOf(error) || say(ACT.failed) };
      return false;
    } finally {
      await refresh();
      isBusy.value = false;
    }
  }
  return { list, page, pages, data, view, message, load, turn, find, act, isBusy, told };
}
