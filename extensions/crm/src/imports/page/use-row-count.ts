import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, ref, watch } from 'vue';

/** Which rows are meant, in the host's words for a list. */
export interface Question {
  collection: string;
  search: string | null;
  filter: Record<string, unknown> | null;
}

const PAUSE_MS = 400;

/** How many rows a question finds for this reader, counted by the host as for a list: null as long as nobody knows. */
export function useRowCount(question: () => Question) {
  const api = useApi();
  const rows = ref<number | null>(null);
  const isCounting = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  async function count(mine: number): Promise<void> {
    const { collection, search, filter } = question();
    const params = { 'aggregate[count]': '*', ...(search ? { search } : {}), ...(filter ? { filter: JSON.stringify(filter) } : {}) };
    const found = await api
      .get<{ data: { count: number | string }[] }>(`/items/${collection}`, { params })
      .then(({ data }) => Number(data.data[0]?.count ?? 0))
      .catch(() => null);
    if (mine !== latest) return;
    rows.value = found;
    isCounting.value = false;
  }

  watch(
    () => JSON.stringify(question()),
    () => {
      latest += 1;
      isCounting.value = true;
      clearTimeout(timer);
      timer = setTimeout(() => void count(latest), PAUSE_MS);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => clearTimeout(timer));
  return { rows, isCounting };
}
