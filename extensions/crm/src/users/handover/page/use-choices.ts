import { useApi } from '@directus/extensions-sdk';
import { ref } from 'vue';
import { useSay } from '../../../platform/app/i18n.ts';
import { useNames } from '../../../platform/app/use-names.ts';
import type { ConditionKind } from './locale.ts';

interface Item {
  value: string;
  text: string;
}
interface Named {
  id: string;
  name: string;
}

const GRADES = ['A', 'B', 'C'];
const CLASSES = ['key', 'general', 'potential'];
const MOST = 500;

/** What can be chosen beside a kind of condition. */
export function useChoices() {
  const api = useApi();
  const names = useNames();
  const say = useSay();
  const regions = ref<Item[]>([]);
  const stages = ref<Item[]>([]);
  const listed = (field: string, values: readonly string[]): Item[] =>
    values.map((value) => ({ value, text: names.choice('crm_customers', field, value) ?? value }));
  const read = async (path: string): Promise<Item[]> =>
    (await api.get<{ data: Named[] }>(path)).data.data.map(({ id, name }) => ({ value: id, text: name }));

  async function load(): Promise<void> {
    [regions.value, stages.value] = await Promise.all([
      read(`/items/crm_regions?fields=id,name&filter[parent][_null]=true&sort=name&limit=${MOST}`),
      read(`/items/crm_stages?fields=id,name&filter[outcome][_eq]=open&sort=sort&limit=${MOST}`),
    ]);
  }
  const of = (kind: ConditionKind): Item[] => {
    const items = { region: regions.value, stage: stages.value, grade: listed('grade', GRADES), class: listed('class', CLASSES) };
    return [
      { value: '', text: say({ 'zh-CN': '请选择', 'en-US': 'Choose' }) },
      ...((items as Partial<Record<ConditionKind, Item[]>>)[kind] ?? []),
    ];
  };
  return { load, of };
}
