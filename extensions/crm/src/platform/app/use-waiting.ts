import { watch, type Ref } from 'vue';
import { useCrmGet, type Loaded } from './use-crm-api.ts';
import { useMe } from './use-me.ts';

let known: Loaded<{ count: number }> | null = null;

/** How many approvals wait for the reader: the number in the menu. Each page asks anew; so does one where something was decided. */
export function useWaiting(): { waiting: Ref<{ count: number } | null>; askAgain(): Promise<void> } {
  const { data: me } = useMe();
  const asked = (known ??= useCrmGet<{ count: number }>('/approvals/count'));
  // Whoever has no role of the CRM decides nothing, and would be refused.
  watch(me, (who) => (who?.role && who.status === 'ok' ? asked.refresh() : undefined), { immediate: true });
  return { waiting: asked.data, askAgain: asked.refresh };
}
