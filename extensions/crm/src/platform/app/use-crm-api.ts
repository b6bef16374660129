import { useApi } from '@directus/extensions-sdk';
import { ref, type Ref } from 'vue';
import { createTurns } from './turns.ts';

/** How a view stands: every page shows each of these in its own way (style.md "Screens"). */
export type ViewState = 'loading' | 'ready' | 'empty' | 'forbidden' | 'signed_out' | 'error';

export interface Loaded<T> {
  data: Ref<T | null>;
  state: Ref<ViewState>;
  /** What the server said, in the reader's language; empty where it said nothing. */
  message: Ref<string>;
  load(): Promise<void>;
  /** Reads again without taking away what is shown; a failure leaves it as it is. */
  refresh(): Promise<void>;
}

interface Failure {
  response?: { status: number; data?: { errors?: { message: string }[] } };
}

const STATES: Readonly<Record<number, ViewState>> = { 401: 'signed_out', 403: 'forbidden', 404: 'empty' };

/** What a failed call says to the reader. */
export function messageOf(error: unknown): string {
  return (error as Failure).response?.data?.errors?.[0]?.message ?? '';
}

/** The status of a failed call; 0 where there was no answer. */
export const statusOf = (error: unknown): number => (error as Failure).response?.status ?? 0;

function stateOf(error: unknown): ViewState {
  return STATES[statusOf(error)] ?? 'error';
}

/** Reads one of our routes with the session of the user; the caller decides when, and may make the path anew each time. */
export function useCrmGet<T>(path: string | (() => string)): Loaded<T> {
  const api = useApi();
  const data = ref<T | null>(null) as Ref<T | null>;
  const state = ref<ViewState>('loading');
  const message = ref('');
  const read = async (): Promise<T> => (await api.get<T>(`/crm${typeof path === 'string' ? path : path()}`)).data;
  const turns = createTurns();
  const load = async (): Promise<void> => {
    const isWanted = turns.load();
    state.value = 'loading';
    message.value = '';
    try {
      const fresh = await read();
      if (!isWanted()) return;
      data.value = fresh;
      state.value = 'ready';
    } catch (error) {
      if (!isWanted()) return;
      data.value = null;
      message.value = messageOf(error);
      state.value = stateOf(error);
    }
  };
  const refresh = async (): Promise<void> => {
    const isWanted = turns.refresh();
    const fresh = await read().catch(() => null);
    if (fresh && isWanted()) data.value = fresh;
  };
  return { data, state, message, load, refresh };
}
