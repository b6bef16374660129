import { useApi } from '@directus/extensions-sdk';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { messageOf } from '../../platform/app/use-crm-api.ts';

/** A stage as it looks from where the opportunity stands. */
export interface PathStage {
  id: string;
  key: string;
  name: string;
  outcome: 'open' | 'won' | 'lost';
  color: string | null;
  state: 'passed' | 'current' | 'next' | 'later';
  /** What entering it still asks for. */
  missing: string[];
  allowed: boolean;
  why?: string | null;
}

export interface Path {
  stage: { id: string; key: string; name: string };
  closed_on: string | null;
  stages: PathStage[];
}

/** The way of one opportunity through its stages, as the server sees it for the reader. */
export function usePath(): {
  path: ShallowRef<Path | null>;
  isLoading: Ref<boolean>;
  failure: Ref<string | null>;
  load(id: string): Promise<void>;
} {
  const api = useApi();
  const path = shallowRef<Path | null>(null);
  const isLoading = ref(false);
  const failure = ref<string | null>(null);
  let asked = '';
  async function load(id: string): Promise<void> {
    asked = id;
    isLoading.value = true;
    failure.value = null;
    try {
      const { data } = await api.get<Path>(`/crm/opportunities/${id}/path`);
      if (asked === id) path.value = data;
    } catch (error) {
      if (asked === id) failure.value = messageOf(error);
    } finally {
      if (asked === id) isLoading.value = false;
    }
  }
  return { path, isLoading, failure, load };
}
