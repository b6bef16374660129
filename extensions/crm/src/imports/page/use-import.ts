import { useApi } from '@directus/extensions-sdk';
import { computed, onBeforeUnmount, onMounted, ref, watch } from 'vue';
import { useSay } from '../../platform/app/i18n.ts';
import { messageOf, useCrmGet } from '../../platform/app/use-crm-api.ts';
import type { ImportAnswer } from '../answers.ts';
import { IMPORTS } from './locale.ts';

const LOOK_AGAIN_MS = 1000;

/** One import as the server sees it, followed while something happens to it, and what a person does with it. */
export function useImport(id: () => string) {
  const api = useApi();
  const say = useSay();
  const { data: view, state, message, load, refresh } = useCrmGet<ImportAnswer>(() => `/imports/${id()}`);
  const isBusy = ref(false);
  const failure = ref('');
  const isMoving = computed(() => {
    const { status, refusal } = view.value ?? {};
    return (status === 'uploaded' && !refusal) || status === 'importing' || status === 'undoing';
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isGone = false;

  function follow(): void {
    clearTimeout(timer);
    if (!isMoving.value || isGone) return;
    timer = setTimeout(() => void refresh().then(follow), LOOK_AGAIN_MS);
  }

  /** Asks the server for a step; false where it refused, with its words in `failure`. */
  async function act(method: 'post' | 'patch' | 'delete', step: string, data?: unknown): Promise<boolean> {
    isBusy.value = true;
    failure.value = '';
    try {
      await api.request({ method, url: `/crm/imports/${id()}${step}`, data });
      return true;
    } catch (error) {
      failure.value = messageOf(error) || say(IMPORTS.failed);
      return false;
    } finally {
      if (method !== 'delete') await refresh();
      isBusy.value = false;
    }
  }

  watch(isMoving, follow);
  watch(id, () => {
    failure.value = '';
    void load();
  });
  onMounted(load);
  onBeforeUnmount(() => {
    isGone = true;
    clearTimeout(timer);
  });
  return { view, state, message, load, refresh, isBusy, failure, act };
}
