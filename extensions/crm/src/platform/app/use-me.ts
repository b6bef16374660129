import { computed, onMounted, type ComputedRef } from 'vue';
import { onceForUser } from './once-for-user.ts';
import { useCrmGet, type Loaded } from './use-crm-api.ts';
import { useUserId } from './user-id.ts';

export interface Me {
  role: string | null;
  admin: boolean;
  name: string;
  /** Whether the CRM is open; see `/crm/health`. */
  status: 'ok' | 'starting' | 'closed';
}

const meOf = onceForUser(() => useCrmGet<Me>('/me'));

/** Who looks at the page, asked once per visit of the module. */
export function useMe(): Loaded<Me> & { isAdministrator: ComputedRef<boolean> } {
  const me = meOf(useUserId());
  onMounted(() => {
    if (!me.data.value) void me.load();
  });
  const isAdministrator = computed(() => Boolean(me.data.value && (me.data.value.admin || me.data.value.role === 'system_admin')));
  return { ...me, isAdministrator };
}
