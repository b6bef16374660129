import { useApi } from '@directus/extensions-sdk';
import { computed, onBeforeUnmount, reactive, ref, watch } from 'vue';
import { useSay } from '../../../platform/app/i18n.ts';
import { useCrmGet } from '../../../platform/app/use-crm-api.ts';
import type { ConvertAnswer, ConvertRequest, PreviewAnswer } from '../../leads/contract.ts';
import { typedValue } from '../move/field-kinds.ts';
import { CONVERT, LEAD } from './locale.ts';
import { readRefusal } from './refused.ts';
import type { LeadAhead } from './use-lead.ts';

/** The customer is made anew; else the key of one that is there. */
export const NEW = 'new';

const WAIT_MS = 400;
const LONGEST_NAME = 255;

/** What a conversion would make, what the reader wants of it, and the step itself (SAL-1). */
export function useConversion(lead: LeadAhead) {
  const api = useApi();
  const say = useSay();
  const wish = reactive({ name: '', target: '', makes: true, title: '', amount: '', closeOn: '' });
  const isBusy = ref(false);
  const failure = ref('');
  let timer: ReturnType<typeof setTimeout> | undefined;

  const nameOf = (): string => wish.name.trim().slice(0, LONGEST_NAME);
  const {
    data: preview,
    state,
    message,
    load,
    refresh,
  } = useCrmGet<PreviewAnswer>(() => {
    const name = nameOf();
    return `/leads/${lead.id}/convert${name ? `?name=${encodeURIComponent(name)}` : ''}`;
  });
  const isAlike = computed(() => Boolean(preview.value?.duplicates.length || preview.value?.elsewhere));
  const isNew = computed(() => !lead.customer && wish.target === NEW);
  const amount = computed(() => typedValue('number', wish.amount));
  const isAmountBad = computed(() => wish.amount.trim() !== '' && (typeof amount.value !== 'number' || amount.value < 0));
  const isReady = computed(
    () =>
      Boolean(preview.value?.ready) &&
      Boolean(lead.customer || wish.target) &&
      (!isNew.value || nameOf() !== '') &&
      !(wish.makes && isAmountBad.value),
  );

  // Whoever said of other customers that they are not the same has not said it of these.
  watch(
    () => preview.value && [...preview.value.duplicates.map(({ id }) => id), preview.value.elsewhere].join(),
    () => (wish.target = isAlike.value ? '' : NEW),
  );
  watch(
    () => wish.name,
    () => {
      clearTimeout(timer);
      if (nameOf() && nameOf() !== preview.value?.customer?.name) timer = setTimeout(() => void refresh(), WAIT_MS);
    },
  );
  onBeforeUnmount(() => clearTimeout(timer));

  async function begin(): Promise<void> {
    await load();
    wish.name = preview.value?.customer?.name ?? '';
    wish.title = preview.value?.opportunity.title ?? '';
  }

  function body(): ConvertRequest {
    const customer = lead.customer ? {} : isNew.value ? { name: nameOf() } : { customer: wish.target };
    const opportunity = wish.makes && {
      title: wish.title.trim() || null,
      amount: amount.value,
      expected_close_on: wish.closeOn || null,
    };
    return { ...customer, opportunity, ...(isNew.value && isAlike.value ? { duplicates: 'accept' } : {}) };
  }

  /** Gives what was made; null where the server refused, with its words in `failure`. */
  async function convert(): Promise<ConvertAnswer | null> {
    if (!isReady.value || isBusy.value) return null;
    isBusy.value = true;
    failure.value = '';
    try {
      return (await api.post<ConvertAnswer>(`/crm/leads/${lead.id}/convert`, body())).data;
    } catch (error) {
      const { text, found } = readRefusal(error);
      if (found && preview.value) preview.value = { ...preview.value, ...found };
      failure.value = found ? say(CONVERT.alikeNow) : text || say(LEAD.notNow);
      return null;
    } finally {
      isBusy.value = false;
    }
  }

  return { preview, state, message, wish, isAlike, isNew, isAmountBad, isReady, isBusy, failure, begin, convert };
}
