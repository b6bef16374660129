import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { createTurns } from '../../../platform/app/turns.ts';
import { messageOf } from '../../../platform/app/use-crm-api.ts';
import type { Entry, Kind, TimelinePage } from './entry.ts';

export interface Timeline {
  entries: Ref<Entry[]>;
  next: Ref<string | null>;
  isLoading: Ref<boolean>;
  /** What the server said when it did not answer; null while all is well. */
  failure: Ref<string | null>;
  kinds: Ref<Kind[]>;
  load(): Promise<void>;
  more(): Promise<void>;
}

const PAGE = 20;

/** The timeline of a record, page by page; no kind chosen means all that the reader may see. */
export function useTimeline(record: () => { collection: string; id: string }): Timeline {
  const api = useApi();
  const entries = ref<Entry[]>([]);
  const next = ref<string | null>(null);
  const isLoading = ref(false);
  const failure = ref<string | null>(null);
  const kinds = ref<Kind[]>([]);
  const turns = createTurns();

  async function read(before: string | null): Promise<void> {
    const isWanted = turns.load();
    isLoading.value = true;
    failure.value = null;
    const { collection, id } = record();
    const params = { limit: PAGE, ...(kinds.value.length ? { kinds: kinds.value.join(',') } : {}), ...(before ? { before } : {}) };
    try {
      const { data } = await api.get<TimelinePage>(`/crm/records/${collection}/${id}/timeline`, { params });
      if (!isWanted()) return;
      entries.value = before ? [...entries.value, ...data.entries] : data.entries;
      next.value = data.next;
    } catch (error) {
      if (isWanted()) failure.value = messageOf(error);
    } finally {
      if (isWanted()) isLoading.value = false;
    }
  }

  return { entries, next, isLoading, failure, kinds, load: () => read(null), more: () => read(next.value) };
}
