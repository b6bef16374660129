import { watch, type Ref } from 'vue';
import { onceForUser } from './once-for-user.ts';
import { useCrmGet } from './use-crm-api.ts';
import { useMe } from './use-me.ts';
import { useUserId } from './user-id.ts';

const waitingOf = onceForUser(() => useCrmGet<{ count: number }>('/approvals/count'));

/** How many approvals wait for the reader: the number in the menu. Each page asks anew; so does one where something was decided. */
export function useWaiting(): { waiting: Ref<{ count: number } | null>; askAgain(): Promise<void> } {
  const { data: me } = useMe();
  const asked = waitingOf(useUserId());
  // Whoever has no role of the CRM decides nothing, and would be refused.
  watch(me, (who) => (who?.role && who.status === 'ok' ? asked.refresh() : undefined), { immediate: true });
  return { waiting: asked.data, askAgain: asked.refresh };
}
