import { useApi } from '@directus/extensions-sdk';
import { computed, nextTick, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import { useSay } from '../../platform/app/i18n.ts';
import { messageOf, useCrmGet } from '../../platform/app/use-crm-api.ts';
import type { ExportHistory, ExportLine } from '../export/answers.ts';
import { EXPORTS } from './export-locale.ts';

const SIZE = 20;
const LOOK_AGAIN_MS = 1000;
/** The clock of the reader may be ahead of the server's: nobody is asked every second because of it. */
const LOOK_LATER_MS = 30_000;

/** Somebody may decide about these at any time. */
const DECIDED_ELSEWHERE: readonly ExportLine['status'][] = ['asked', 'approved'];

/** One's own exports, followed while one of them is made; the one that the address names gets the focus. */
export function useExports() {
  const api = useApi();
  const say = useSay();
  const page = ref(1);
  const { data, state, message, load, refresh } = useCrmGet<ExportHistory>(
    () => `/exports?limit=${SIZE}&offset=${(page.value - 1) * SIZE}`,
  );
  const busy = ref('');
  const failure = ref('');
  const isMoving = computed(() => Boolean(data.value?.exports.some(({ status }) => status === 'running')));
  const pages = computed(() => Math.max(1, Math.ceil((data.value?.total ?? 0) / SIZE)));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;
  let wanted = location.hash.slice(1);

  /** How long until the page may be another one: something is decided, or the first of its files goes; null where nothing is awaited. */
  function untilChanged(): number | null {
    if (data.value?.exports.some(({ status }) => DECIDED_ELSEWHERE.includes(status))) return LOOK_LATER_MS;
    const ends = (data.value?.exports ?? []).flatMap((one) => (one.available && one.expires_at ? [Date.parse(one.expires_at)] : []));
    return ends.length ? Math.max(LOOK_LATER_MS, Math.min(...ends) - Date.now()) : null;
  }

  function follow(): void {
    clearTimeout(timer);
    const wait = isMoving.value ? LOOK_AGAIN_MS : untilChanged();
    if (wait !== null && !isGone) timer = setTimeout(() => void refresh().then(follow), wait);
  }

  async function act(what: 'start' | 'cancel', id: string): Promise<void> {
    busy.value = id;
    failure.value = '';
    try {
      await api.post(`/crm/exports/${id}/${what}`);
    } catch (error) {
      failure.value = messageOf(error) || say(EXPORTS.failed);
    } finally {
      await refresh();
      busy.value = '';
    }
  }

  function turn(by: number): void {
    page.value += by;
    void load();
  }

  /** Takes the card of the export that the page was opened for. */
  const held = (id: string) => (card: unknown) => {
    if (id !== wanted || !card) return;
    wanted = '';
    // It is handed over before it stands in the page.
    void nextTick(() => (card as { focus(): void }).focus());
  };

  watch([isMoving, data], follow);
  onMounted(load);
  onBeforeUnmount(() => {
    isGone = true;
    clearTimeout(timer);
  });
  return { data, state, message, load, page, pages, turn, refresh, busy, failure, act, held };
}
