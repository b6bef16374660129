import { computed, shallowRef, type ComputedRef } from 'vue';
import { onceForUser } from '../../platform/app/once-for-user.ts';
import { useUserId } from '../../platform/app/user-id.ts';

/** Longer than the host takes to draw a form anew, shorter than somebody takes to come back. */
const KEPT_MS = 10_000;

const lastOf = onceForUser(() => shallowRef<{ record: string; at: number; value: unknown } | null>(null));

/** What the last step on a record said. The host draws the whole form anew once its row has changed; this stays. */
export function useKept<T>(record: () => string): { kept: ComputedRef<T | null>; keep(value: T | null): void } {
  const last = lastOf(useUserId());
  if (last.value && Date.now() - last.value.at > KEPT_MS) last.value = null;
  return {
    kept: computed(() => (last.value?.record === record() ? (last.value.value as T) : null)),
    keep: (value) => void (last.value = value === null ? null : { record: record(), at: Date.now(), value }),
  };
}
