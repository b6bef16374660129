import { useStores } from '@directus/extensions-sdk';
import { useNames } from '../../platform/app/use-names.ts';

interface Label {
  value: string;
  text: string;
}

interface Stores {
  useFieldsStore(): {
    getField(collection: string, field: string): { meta?: { display_options?: { choices?: Label[] | null } | null } | null } | null;
  };
}

/** What a stage is called: the shipped ones have names in both languages, beside the field that holds them. */
export function useStageNames(): (name: string) => string {
  const names = useNames();
  const labels = (useStores() as Stores).useFieldsStore().getField('crm_stages', 'name')?.meta?.display_options?.choices ?? [];
  return (name) => {
    const text = labels.find(({ value }) => value === name)?.text;
    return text === undefined ? name : names.text(text);
  };
}
