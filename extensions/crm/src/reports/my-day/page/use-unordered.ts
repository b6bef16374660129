import { computed, watch, type ComputedRef } from 'vue';
import type { WonWithoutOrder } from '../../../pipeline/contract.ts';
import { useCrmGet } from '../../../platform/app/use-crm-api.ts';
import { useMe } from '../../../platform/app/use-me.ts';
import type { Unordered } from './day-parts.ts';

/** Those who can see to an order; group staff answers for no segment's daily work. */
const ASKED: readonly unknown[] = ['sales_rep', 'segment_head', 'segment_admin'];
/** As many as a part of the day counts; the route gives no more at once. */
const MOST = 100;

/**
 * Deals won on a contract that wait for their order (SAL-7): a rep's own, of heads and admins their segments'. Asked for beside
 * the day, so that the day does not wait for it (B).
 */
export function useUnordered(): ComputedRef<Unordered> {
  const { data: me } = useMe();
  const { data, state, load } = useCrmGet<WonWithoutOrder>(`/opportunities/won-without-order?limit=${MOST}`);
  watch(me, (who) => (who && ASKED.includes(who.role) ? load() : undefined), { immediate: true });
  return computed(() => (state.value === 'error' ? 'unknown' : data.value?.total ? data.value : null));
}
