import { useApi } from '@directus/extensions-sdk';
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { messageOf } from '../../platform/app/use-crm-api.ts';
import type { PathStep, StagePath } from '../contract.ts';

/** Refusals that a person can answer on the spot. */
const ASKED = ['FIELDS_MISSING', 'APPROVAL_REQUIRED'];

/** Whether a move into a stage is worth trying: it is allowed, or the server only asks for something. */
export const isOpenTo = ({ allowed, code }: PathStep): boolean => allowed || (code !== undefined && ASKED.includes(code));

/** The way of one opportunity through its stages, as the server sees it for the reader. */
export function usePath(): {
  path: ShallowRef<StagePath | null>;
  isLoading: Ref<boolean>;
  failure: Ref<string | null>;
  load(id: string): Promise<void>;
} {
  const api = useApi();
  const path = shallowRef<StagePath | null>(null);
  const isLoading = ref(false);
  const failure = ref<string | null>(null);
  let asked = '';
  async function load(id: string): Promise<void> {
    asked = id;
    isLoading.value = true;
    failure.value = null;
    try {
      const { data } = await api.get<StagePath>(`/crm/opportunities/${id}/path`);
      if (asked === id) path.value = data;
    } catch (error) {
      if (asked === id) failure.value = messageOf(error);
    } finally {
      if (asked === id) isLoading.value = false;
    }
  }
  return { path, isLoading, failure, load };
}
