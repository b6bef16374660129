import type { Row } from '../../platform/api/host.ts';
import { openRows, sealedFieldsOf } from '../../privacy/index.ts';
import { toImage } from '../commit/image.ts';
import type { Work } from '../commit/import-record.ts';

/** A field that stands otherwise than the import left it, with both values; sealed ones as masks. */
export interface FieldConflict {
  field: string;
  imported: unknown;
  now: unknown;
  /** What stood there before the import, where it was not put back. */
  before?: unknown;
  /** The reader may not read this field: that it differs is all that is told. */
  hidden?: true;
}

/** `draft` and `active` follow from what is filled in; nobody chooses between them. */
const statusOf = (collection: string, value: unknown): unknown =>
  collection === 'crm_customers' && (value === 'draft' || value === 'active') ? 'kept by the server' : value;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/**
 * Compares rows with what an import left, whatever their keys and ciphers have become meanwhile: by the columns that there were
 * then and are now. A column that an administrator has added since says nothing of what was edited.
 */
export async function comparing(
  work: Pick<Work, 'database' | 'ring' | 'schema'>,
  pairs: readonly { collection: string; imported: Row; now: Row }[],
): Promise<(at: number) => FieldConflict[]> {
  const opened = new Map<string, { imported: Map<string, Row>; now: Map<string, Row> }>();
  for (const [collection, of] of Map.groupBy(pairs, (pair) => pair.collection)) {
    if (!sealedFieldsOf(collection).length) continue;
    const open = (rows: Row[]) => openRows(work.database, work.ring, collection, rows);
    opened.set(collection, { imported: await open(of.map((pair) => pair.imported)), now: await open(of.map((pair) => pair.now)) });
  }
  return (at) => {
    const { collection, imported, now } = pairs[at]!;
    const sealed = new Set(sealedFieldsOf(collection).map(({ field }) => field));
    const [before, after] = [imported, toImage(work, collection, now)];
    const id = String(imported['id']);
    return Object.keys(before).flatMap((field): FieldConflict[] => {
      if (!(field in after)) return [];
      if (field.endsWith('_sealed') && sealed.has(field.slice(0, -'_sealed'.length))) return [];
      const isSame = sealed.has(field)
        ? same(opened.get(collection)!.imported.get(id)![field], opened.get(collection)!.now.get(id)![field])
        : same(statusOf(collection, before[field]), statusOf(collection, after[field]));
      return isSame ? [] : [{ field, imported: before[field] ?? null, now: after[field] ?? null }];
    });
  };
}

/** What an update changed, as it is put back: the fields whose image before differs from the one after, as far as `now` has them still. */
export function valuesBack(before: Row, after: Row, now: Row): Row {
  const changed = Object.keys(before).filter((field) => field in now && !same(before[field], after[field]));
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}
