import { useStores } from '@directus/extensions-sdk';
import { getCurrentInstance } from 'vue';
import { EXPORTABLE, isList, usualColumns } from '../rules/export-columns.ts';

interface Preset {
  id?: number;
  collection: string;
  bookmark: string | null;
  search: string | null;
  filter: Record<string, unknown> | null;
  layout: string | null;
  layout_query: Record<string, { sort?: string[] | null } | null> | null;
}

interface Stores {
  usePermissionsStore(): {
    hasPermission(collection: string, action: 'read'): boolean;
    getPermission(collection: string, action: 'read'): { fields?: string[] | null } | null;
  };
  usePresetsStore(): { bookmarks: Preset[] };
  useFieldsStore(): {
    getFieldsForCollection(
      collection: string,
    ): { field: string; name: string; type: string; meta?: { special?: string[] | null } | null }[];
  };
  useCollectionsStore(): { getCollection(name: string): { name?: string } | null };
}

/** Which rows of a collection: all, or those of a list that the reader has a bookmark of. */
export interface SavedList {
  id: string;
  name: string;
  search: string | null;
  filter: Record<string, unknown> | null;
  sort: string[];
}

/** Where the host keeps what is uploaded. */
const FILES = 'directus_files';
/** How the host writes a text that stands in its translations. */
const KEY = '$t:';

/** What this reader may export, as the host's own stores know it; the server judges it again. */
export function useExportChoices() {
  const { usePermissionsStore, usePresetsStore, useFieldsStore, useCollectionsStore } = useStores() as unknown as Stores;
  const [permissions, presets, fields, collections] = [usePermissionsStore(), usePresetsStore(), useFieldsStore(), useCollectionsStore()];
  const translate = getCurrentInstance()?.appContext.config.globalProperties['$t'] as ((key: string) => string) | undefined;
  const inWords = (text: string) => (text.startsWith(KEY) && translate ? translate(text.slice(KEY.length)) : text);

  return {
    collections: EXPORTABLE.filter((name) => permissions.hasPermission(name, 'read')).map((value) => ({
      value: value,
      text: collections.getCollection(value)?.name ?? value,
    })),

    lists: (collection: string): SavedList[] =>
      presets.bookmarks
        .filter((one) => one.collection === collection && one.bookmark !== null && one.id !== undefined)
        .map(({ id, bookmark, search, filter, layout, layout_query }) => ({
          id: String(id),
          name: inWords(bookmark!),
          search,
          filter,
          sort: layout_query?.[layout ?? 'tabular']?.sort ?? [],
        })),

    /** The columns that can be chosen, in the order of the form. */
    columns(collection: string): { field: string; label: string }[] {
      const granted = permissions.getPermission(collection, 'read')?.fields;
      const isReadable = (field: string) => !granted || granted.includes('*') || granted.includes(field);
      const known = fields.getFieldsForCollection(collection).filter(({ field, type }) => type !== 'alias' || isList(collection, field));
      const labels = new Map(known.filter(({ field }) => isReadable(field)).map(({ field, name }) => [field, name]));
      const types = new Map(known.map(({ field, type, meta }) => [field, { type, to: meta?.special?.includes('file') ? FILES : null }]));
      return usualColumns(collection, new Set(labels.keys()), true, (field) => types.get(field) ?? null).map((field) => ({
        field,
        label: labels.get(field) ?? field,
      }));
    },
  };
}
