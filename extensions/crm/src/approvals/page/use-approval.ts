import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { useSay, type Said } from '../../platform/app/i18n.ts';
import { messageOf, useCrmGet, type Loaded } from '../../platform/app/use-crm-api.ts';
import type { ApprovalView } from '../contract.ts';
import { DETAIL } from './locale.ts';

export type Act = 'approve' | 'reject' | 'withdraw' | 'comment';

interface Told {
  type: 'success' | 'danger';
  text: string;
}

const WORDS: Record<Act, Said> = {
  approve: DETAIL.approved,
  reject: DETAIL.rejected,
  withdraw: DETAIL.withdrawn,
  comment: DETAIL.commented,
};

/** One request and what the reader does with it. After a refusal it is read anew: the reason is often that it has changed. */
export function useApproval(id: () => string): Loaded<ApprovalView> & {
  isBusy: Ref<boolean>;
  told: Ref<Told | null>;
  act(what: Act, comment: string): Promise<boolean>;
} {
  const api = useApi();
  const say = useSay();
  const loaded = useCrmGet<ApprovalView>(() => `/approvals/${id()}`);
  const isBusy = ref(false);
  const told = ref<Told | null>(null);

  async function send(what: Act, comment: string, version: number): Promise<Said> {
    const at = `/crm/approvals/${id()}`;
    if (what === 'withdraw' || what === 'comment') await api.post(`${at}/${what}`, { comment });
    else {
      const { data } = await api.post<{ state: string }>(`${at}/decide`, { decision: what, comment, version });
      if (data.state === 'pending') return DETAIL.next;
    }
    return WORDS[what];
  }

  async function act(what: Act, comment: string): Promise<boolean> {
    const view = loaded.data.value;
    if (isBusy.value || !view) return false;
    if (!comment && (what === 'reject' || what === 'comment')) {
      told.value = { type: 'danger', text: say(DETAIL.commentFirst) };
      return false;
    }
    isBusy.value = true;
    told.value = null;
    try {
      told.value = { type: 'success', text: say(await send(what, comment, view.version)) };
      return true;
    } catch (error) {
      told.value = { type: 'danger', text: messageOf(error) || say(DETAIL.failed) };
      return false;
    } finally {
      await loaded.refresh();
      isBusy.value = false;
    }
  }
  return { ...loaded, isBusy, told, act };
}
