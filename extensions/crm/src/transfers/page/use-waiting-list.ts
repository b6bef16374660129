import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { formatMoment } from '../../platform/app/format.ts';
import { useLanguage, useSay } from '../../platform/app/i18n.ts';
import { useCrmGet, type Loaded, type ViewState } from '../../platform/app/use-crm-api.ts';
import type { DisputeView, TransferView } from '../desk/contract.ts';
import { DESK, DISPUTE, TRANSFER } from './locale.ts';

export type Box = 'transfers' | 'executed' | 'disputes';

/** Where each box has its page. */
export const PLACES: Record<Box, string> = {
  transfers: '/crm/transfers',
  executed: '/crm/transfers/executed',
  disputes: '/crm/disputes',
};

export interface Card {
  id: string;
  to: string;
  icon: string;
  kind: string;
  state: string;
  title: string;
  notes: string[];
}

interface Answer {
  transfers?: TransferView[];
  disputes?: DisputeView[];
  total: number;
}

const SIZE = 20;
const PATHS: Record<Box, string> = {
  transfers: '/transfers/waiting?',
  executed: '/transfers/waiting?state=executed&',
  disputes: '/disputes/open?',
};

/** What waits in one of the two boxes, a page at a time, as cards. */
export function useWaitingList(box: () => Box): Pick<Loaded<Answer>, 'message' | 'load' | 'refresh'> & {
  cards: ComputedRef<Card[]>;
  view: ComputedRef<ViewState>;
  page: Ref<number>;
  pages: ComputedRef<number>;
  total: ComputedRef<number>;
} {
  const say = useSay();
  const language = useLanguage();
  const page = ref(1);
  const { data, state, message, load, refresh } = useCrmGet<Answer>(() => `${PATHS[box()]}limit=${SIZE}&offset=${(page.value - 1) * SIZE}`);
  const nameOf = (who: { name: string | null } | null): string => who?.name ?? say(DESK.someone);

  const ofTransfer = (one: TransferView): Card => ({
    ...{ id: one.id, to: `${PLACES[box()]}/${one.id}`, state: one.state, title: one.customer.name },
    ...(one.from_segment?.id === one.to_segment.id
      ? { icon: 'swap_horiz', kind: say(TRANSFER.within) }
      : { icon: 'move_up', kind: say(TRANSFER.across) }),
    notes: [
      say(DESK.to, { segment: one.to_segment.name }),
      one.executed_at
        ? say(DESK.executedFor, { name: nameOf(one.to_owner), day: formatMoment(one.executed_at, language) })
        : say(DESK.by, { name: nameOf(one.requested_by) }),
    ],
  });
  const ofDispute = (one: DisputeView): Card => ({
    ...{ id: one.id, to: `/crm/disputes/${one.id}`, state: one.state, title: one.subject },
    ...{ icon: 'balance', kind: say(DISPUTE.about[one.about]) },
    notes: [one.segment.name, say(DESK.claimant, { name: nameOf(one.claimant) })],
  });
  const cards = computed(() => [...(data.value?.transfers?.map(ofTransfer) ?? []), ...(data.value?.disputes?.map(ofDispute) ?? [])]);
  const total = computed(() => data.value?.total ?? 0);
  return {
    ...{ message, load, refresh, cards, page, total },
    view: computed(() => (state.value === 'ready' && !cards.value.length ? 'empty' : state.value)),
    pages: computed(() => Math.max(1, Math.ceil(total.value / SIZE))),
  };
}
