import { useApi } from '@directus/extensions-sdk';
import { computed, ref, watch } from 'vue';
import { formatMoment } from '../../../platform/app/format.ts';
import { useLanguage, useSay, type Said } from '../../../platform/app/i18n.ts';
import { messageOf, useCrmGet, type ViewState } from '../../../platform/app/use-crm-api.ts';
import type { ExecuteAnswer, ListAnswer, RequestView } from '../contract.ts';
import { ACT } from './locale.ts';

const SIZE = 20;

/** What came of the last act; a link is shown this once. */
export interface Told {
  type: 'success' | 'danger';
  lines: string[];
  link: string | null;
  handover: string | null;
}

const DONE: Record<ExecuteAnswer['kind'], Said> = {
  ...{ open: ACT.opened, close: ACT.closed, move: ACT.changed, rights: ACT.changed, freeze: ACT.frozen, thaw: ACT.thawed },
};

/** The forms of the reader's reach, and what the reader does with one of them. */
export function useRequests() {
  const api = useApi();
  const say = useSay();
  const language = useLanguage();
  const list = ref<'open' | 'overdue' | 'ended'>('open');
  const page = ref(1);
  const isBusy = ref(false);
  const told = ref<Told | null>(null);
  const path = () => `/access-requests?state=${list.value}&limit=${SIZE}&offset=${(page.value - 1) * SIZE}`;
  const { data, state, message, load, refresh } = useCrmGet<ListAnswer>(path);
  const view = computed<ViewState>(() => {
    const isEmpty = !data.value?.requests.length && !data.value?.early_freezes.length;
    return state.value === 'ready' && isEmpty ? 'empty' : state.value;
  });
  const pages = computed(() => Math.max(1, Math.ceil((data.value?.total ?? 0) / SIZE)));

  function turn(by: number): void {
    page.value += by;
    void load();
  }
  watch(list, () => {
    page.value = 1;
    void load();
  });

  function toldOf({ kind, first_link: first, freeze, work }: ExecuteAnswer): Told {
    const usual = first?.mailed ? ACT.invited : DONE[kind];
    const done = freeze?.state === 'pending' ? ACT.pending : usual;
    const left = work?.total ? [say(ACT.work, { count: work.total })] : [];
    return {
      type: 'success',
      lines: [say(done, { at: first ? formatMoment(first.expires_at, language) : '' }), ...left],
      link: first?.link ?? null,
      handover: work?.total ? work.page : null,
    };
  }

  /** One act at a time; afterwards the list is read anew, refused or not. */
  async function run(work: () => Promise<Told>): Promise<boolean> {
    if (isBusy.value) return false;
    isBusy.value = true;
    told.value = null;
    try {
      told.value = await work();
      return true;
    } catch (error) {
      told.value = { type: 'danger', lines: [messageOf(error) || say(ACT.failed)], link: null, handover: null };
      return false;
    } finally {
      await refresh();
      isBusy.value = false;
    }
  }

  const execute = ({ id }: RequestView, leavesWork: boolean): Promise<boolean> =>
    run(async () => {
      const body = leavesWork ? { leave_work: true } : {};
      return toldOf((await api.post<ExecuteAnswer>(`/crm/access-requests/${id}/execute`, body)).data);
    });
  const withdraw = ({ id }: RequestView): Promise<boolean> =>
    run(async () => {
      await api.post(`/crm/access-requests/${id}/withdraw`, {});
      return { type: 'success', lines: [say(ACT.withdrawn)], link: null, handover: null };
    });
  return { list, page, pages, data, view, message, load, turn, execute, withdraw, isBusy, told };
}
