import { useApi, useStores } from '@directus/extensions-sdk';
import { computed, ref, type ComputedRef, type Ref } from 'vue';
import { useSay } from '../../../platform/app/i18n.ts';
import { BOARD } from '../locale.ts';

interface Choice {
  value: string;
  text: string;
}

interface Stores {
  useUserStore(): { currentUser: { id?: string; crm_segment?: string | { id: string } | null } | null };
}

interface Person {
  id: string;
  first_name: string | null;
}

/** As many people as a list is still read by a person. */
const MOST_OWNERS = 100;

/** Which segments and owners the reader can choose from: those whose opportunities the reader sees. */
export function useChoices(): {
  me: string;
  segments: Ref<Choice[]>;
  owners: ComputedRef<Choice[]>;
  home: string;
  loadSegments(): Promise<void>;
  loadOwners(segment: string): Promise<void>;
} {
  const api = useApi();
  const say = useSay();
  const user = (useStores() as Stores).useUserStore().currentUser;
  const me = user?.id ?? '';
  const home = typeof user?.crm_segment === 'string' ? user.crm_segment : (user?.crm_segment?.id ?? '');
  const segments = ref<Choice[]>([]);
  const people = ref<Person[]>([]);

  const read = async <T>(path: string, params: Record<string, unknown>): Promise<T[]> =>
    (await api.get<{ data: T[] }>(path, { params })).data.data;
  const grouped = async (by: 'segment' | 'owner', filter: Record<string, unknown>): Promise<string[]> => {
    const params = { 'aggregate[count]': 'id', groupBy: by, filter: JSON.stringify(filter), limit: 1000 };
    const groups = await read<Record<'segment' | 'owner', string | null>>('/items/crm_opportunities', params);
    return groups.map((group) => group[by]).filter((id) => id !== null);
  };

  return {
    me,
    home,
    segments,
    owners: computed(() => {
      const others = people.value.filter(({ id }) => id !== me).map(({ id, first_name }) => ({ value: id, text: first_name ?? id }));
      if (!others.length) return [];
      return [{ value: '', text: say(BOARD.everyone) }, ...(me ? [{ value: me, text: say(BOARD.mine) }] : []), ...others];
    }),
    async loadSegments() {
      const ids = await grouped('segment', {});
      const filter = JSON.stringify({ id: { _in: ids } });
      const rows = ids.length
        ? await read<{ id: string; name: string; code: string }>('/items/crm_segments', {
            filter,
            fields: 'id,code,name',
            sort: 'code',
            limit: 500,
          })
        : [];
      segments.value = rows.map(({ id, code, name }) => ({ value: id, text: `${code} ${name}` }));
    },
    async loadOwners(segment) {
      const ids = await grouped('owner', segment ? { segment: { _eq: segment } } : {});
      const filter = JSON.stringify({ id: { _in: ids.slice(0, MOST_OWNERS) } });
      people.value =
        ids.length > 1 ? await read<Person>('/users', { filter, fields: 'id,first_name', sort: 'first_name', limit: 1000 }) : [];
    },
  };
}
