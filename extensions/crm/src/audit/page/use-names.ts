import { useStores } from '@directus/extensions-sdk';

interface Stores {
  useCollectionsStore(): { getCollection(name: string): { name?: string } | null };
  useFieldsStore(): { getField(collection: string, field: string): { name?: string } | null };
}

/** Collections and fields by their labels, where the reader may know them; else by their names. */
export function useNames(): { collection(name: string): string; field(collection: string, name: string): string } {
  const { useCollectionsStore, useFieldsStore } = useStores() as Stores;
  const [collections, fields] = [useCollectionsStore(), useFieldsStore()];
  return {
    collection: (name) => collections.getCollection(name)?.name ?? name,
    field: (collection, name) => fields.getField(collection, name)?.name ?? name,
  };
}
