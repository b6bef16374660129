import { useStores } from '@directus/extensions-sdk';
import { getCurrentInstance } from 'vue';
import { HOST_NAMES } from './host-names.ts';
import { useSay } from './i18n.ts';

interface Choice {
  text: string;
  value: unknown;
}

interface Stores {
  useCollectionsStore(): { getCollection(name: string): { name?: string } | null };
  useFieldsStore(): {
    getField(collection: string, field: string): { name?: string; meta?: { options?: { choices?: Choice[] | null } | null } | null } | null;
  };
}

export interface Names {
  collection(name: string): string;
  field(collection: string, name: string): string;
  /** What a stored value is called where it is one of a list; undefined where it is none. */
  choice(collection: string, field: string, value: unknown): string | undefined;
  /** A stored text as the Studio shows it: the host writes `$t:key` for what stands in its translations. */
  text(stored: string): string;
}

/** How the host writes a text that stands in its translations. */
const KEY = '$t:';

/** Collections, fields and choices by their labels, where the reader may know them; else by their names. */
export function useNames(): Names {
  const { useCollectionsStore, useFieldsStore } = useStores() as Stores;
  const [collections, fields] = [useCollectionsStore(), useFieldsStore()];
  const say = useSay();
  const translate = getCurrentInstance()?.appContext.config.globalProperties['$t'] as ((key: string) => string) | undefined;
  const shown = (stored: string): string => (stored.startsWith(KEY) && translate ? translate(stored.slice(KEY.length)) : stored);
  return {
    collection: (name) => (HOST_NAMES[name] ? say(HOST_NAMES[name]) : (collections.getCollection(name)?.name ?? name)),
    field: (collection, name) => fields.getField(collection, name)?.name ?? name,
    choice(collection, field, value) {
      const text = fields.getField(collection, field)?.meta?.options?.choices?.find((one) => one.value === value)?.text;
      return text === undefined ? undefined : shown(text);
    },
    text: shown,
  };
}
