import { useStores } from '@directus/extensions-sdk';
import { computed, inject, onBeforeUnmount, ref, watch, type Ref } from 'vue';
import { messageOf } from '../../platform/app/use-crm-api.ts';
import { FOLLOW_UP, useReveal } from './reveal.ts';
import { isMask } from './value-links.ts';

export interface SealedProps {
  value: string | null;
  collection: string;
  field: string;
  primaryKey: string | number;
}

type Form = Record<string, unknown>;

/** How long somebody else than the owner sees a value, in seconds (Q11). */
const SHOWN_FOR = 30;
const UUID = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/iu;

const keyOf = (value: unknown): unknown => (typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value);

/**
 * One sealed value on a form: its owner sees it at once, everybody else after giving a reason, and then for half a minute.
 * `form` are the values of the form around it, by which the owner is known; the server judges anew.
 */
export function useSealedValue(props: SealedProps) {
  const reveal = useReveal();
  const { useUserStore } = useStores() as { useUserStore(): { currentUser: { id?: string } | null } };
  const form = inject<Ref<Form>>('values', ref({}));
  const shown = ref<string | null>(null);
  const seconds = ref(0);
  const busy = ref(false);
  const message = ref('');
  let timer: ReturnType<typeof setInterval> | undefined;

  const stored = computed(() => UUID.test(String(props.primaryKey)));
  const hidden = computed(() => stored.value && isMask(props.value));
  const isOwner = computed(() => {
    const me = useUserStore().currentUser?.id;
    return Boolean(me) && keyOf(form.value?.['owner']) === me;
  });

  function hide(): void {
    clearInterval(timer);
    shown.value = null;
    seconds.value = 0;
  }

  function hideLater(): void {
    seconds.value = SHOWN_FOR;
    timer = setInterval(() => {
      seconds.value -= 1;
      if (seconds.value <= 0) hide();
    }, 1000);
  }

  async function show(reason: string): Promise<void> {
    busy.value = true;
    message.value = '';
    hide();
    const asked = `${props.primaryKey}`;
    try {
      const value = await reveal({ collection: props.collection, item: asked, field: props.field }, reason);
      // The form may have gone to another row in the meantime.
      if (asked !== `${props.primaryKey}`) return;
      shown.value = value;
      if (reason !== FOLLOW_UP) hideLater();
    } catch (error) {
      if (asked === `${props.primaryKey}`) message.value = messageOf(error) || '…';
    } finally {
      busy.value = false;
    }
  }

  watch(
    [() => props.value, () => props.primaryKey, isOwner],
    () => {
      hide();
      message.value = '';
      if (hidden.value && isOwner.value) void show(FOLLOW_UP);
    },
    { immediate: true },
  );
  onBeforeUnmount(hide);

  /** The owner is asked for no reason; where the look failed, for another try. */
  const again = () => show(FOLLOW_UP);

  return { hidden, isOwner, shown, seconds, busy, message, show, again, hide };
}
