import { useApi } from '@directus/extensions-sdk';
import { onBeforeUnmount, ref, type Ref } from 'vue';
import { toLegalName } from '../../../kernel/text/legal-name.ts';
import { createTurns } from '../../../platform/app/turns.ts';

/** A customer that may be the one that is being entered. */
export interface Alike {
  id: string;
  name: string;
}

const WAIT_MS = 300;
/** Two signs name a company in Chinese; one fits half of them. */
const LEAST_SIGNS = 2;
const MOST = 3;

type Api = ReturnType<typeof useApi>;

/** The one question of the hint: the caller's own customers whose name begins like this. `POST /crm/duplicates/check` will answer it for all. */
async function findAlike(api: Api, name: string): Promise<Alike[]> {
  const filter = JSON.stringify({ name: { _starts_with: name } });
  const { data } = await api.get<{ data: Alike[] }>('/items/crm_customers', { params: { filter, fields: 'id,name', limit: MOST } });
  return data.data;
}

/** Says while a name is typed whether the customer is there already; a failed look says nothing, saving decides. */
export function useDuplicateHint(): { alike: Ref<Alike[]>; look(typed: string): void } {
  const api = useApi();
  const alike = ref<Alike[]>([]);
  const turns = createTurns();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function look(typed: string): void {
    clearTimeout(timer);
    const isWanted = turns.load();
    const name = toLegalName(typed);
    alike.value = [];
    if ([...name].length < LEAST_SIGNS) return;
    timer = setTimeout(() => {
      void findAlike(api, name)
        .catch(() => [])
        .then((found) => {
          if (isWanted()) alike.value = found;
        });
    }, WAIT_MS);
  }

  onBeforeUnmount(() => clearTimeout(timer));
  return { alike, look };
}
