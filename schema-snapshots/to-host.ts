/** The model as payloads for the host's own services; pure, so that the installer only compares and creates. */
import type { Collection, Folder, ForeignExtension } from './define.ts';
import type { HostModel } from './host-model.ts';
import { MODEL } from './model/index.ts';
import { toHostCollection, toHostFolder } from './to-host/collection.ts';
import { toHostField } from './to-host/field.ts';
import { collectionIndexes, extensionIndexes } from './to-host/indexes.ts';
import { withLists } from './to-host/lists.ts';
import { toHostRelations } from './to-host/relation.ts';
import { TextBook, type TranslationRow } from './translations.ts';

export type { HostCollection, HostField, HostIndex, HostModel, HostRelation } from './host-model.ts';

interface Model {
  collections: Collection[];
  extensions: ForeignExtension[];
  folders: Folder[];
}

/** Fields of ours on a host's form come behind its own, whose order is the host's. */
const BEHIND_HOST_FIELDS = 100;

export function toHost({ collections, extensions, folders }: Model = MODEL, book = new TextBook()): HostModel {
  return {
    folders: folders.map(toHostFolder),
    collections: collections.map((collection) => toHostCollection(collection, book)),
    extensions: extensions.map(({ collection, fields }) => ({
      collection,
      fields: withLists(collection, fields).map((field, index) => toHostField(field, BEHIND_HOST_FIELDS + index, book)),
    })),
    relations: [
      ...collections.flatMap(({ name, fields }) => toHostRelations(name, fields)),
      ...extensions.flatMap(({ collection, fields }) => toHostRelations(collection, fields)),
    ],
    indexes: [...collections.flatMap(collectionIndexes), ...extensions.flatMap(extensionIndexes)],
  };
}

/** Every text that the model refers to by `$t:key`, in both languages, for `directus_translations`. */
export function translationRows(model: Model = MODEL): TranslationRow[] {
  const book = new TextBook();
  toHost(model, book);
  return book.rows();
}
