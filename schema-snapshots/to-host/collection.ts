import type { Collection, Folder } from '../define.ts';
import type { HostCollection } from '../host-model.ts';
import type { TextBook } from '../translations.ts';
import { toHostField } from './field.ts';
import { collectionTranslations } from './labels.ts';
import { withLists } from './lists.ts';

/** A collection of ours with its fields and the lists on it, in the host's words. */
export function toHostCollection(collection: Collection, book: TextBook): HostCollection {
  const { name, note, archive } = collection;
  return {
    collection: name,
    meta: {
      icon: collection.icon,
      color: collection.color ?? null,
      note: note ? book.refer(note) : null,
      display_template: collection.displayTemplate,
      hidden: collection.hidden ?? false,
      singleton: false,
      translations: collectionTranslations(collection.label, collection.singular),
      archive_field: archive?.field ?? null,
      archive_value: archive?.archived ?? null,
      unarchive_value: archive?.unarchived ?? null,
      archive_app_filter: true,
      sort_field: collection.sortField ?? null,
      accountability: 'all',
      sort: collection.sort,
      group: collection.folder ?? null,
      collapse: 'open',
      versioning: false,
    },
    schema: {},
    fields: withLists(name, collection.fields).map((field, index) => toHostField(field, index + 1, book)),
  };
}

export const toHostFolder = (folder: Folder): HostCollection => ({
  collection: folder.name,
  meta: {
    icon: folder.icon,
    hidden: folder.hidden ?? false,
    translations: collectionTranslations(folder.label),
    sort: folder.sort,
    collapse: folder.collapse ?? 'open',
  },
  schema: null,
  fields: [],
});
