import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { useSay, type Said } from '../../platform/app/i18n.ts';
import { messageOf } from '../../platform/app/use-crm-api.ts';
import { DESK } from './locale.ts';

export interface Told {
  type: 'success' | 'danger';
  text: string;
}

/** Sends what the reader decided, once at a time, and says what became of it. */
export function useActing(): {
  isBusy: Ref<boolean>;
  told: Ref<Told | null>;
  /** The answer of the server; null where it refused. */
  send<T>(path: string, body: object, done?: Said): Promise<T | null>;
  refuse(text: Said): void;
} {
  const api = useApi();
  const say = useSay();
  const isBusy = ref(false);
  const told = ref<Told | null>(null);

  async function send<T>(path: string, body: object, done?: Said): Promise<T | null> {
    if (isBusy.value) return null;
    isBusy.value = true;
    told.value = null;
    try {
      const { data } = await api.post<T>(path, body);
      if (done) told.value = { type: 'success', text: say(done) };
      return data;
    } catch (error) {
      told.value = { type: 'danger', text: messageOf(error) || say(DESK.failed) };
      return null;
    } finally {
      isBusy.value = false;
    }
  }
  return { isBusy, told, send, refuse: (text) => void (told.value = { type: 'danger', text: say(text) }) };
}
