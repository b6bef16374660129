import type { Row } from '../../platform/api/host.ts';
import { openRows, sealedFieldsOf } from '../../privacy/index.ts';
import { toImage } from '../commit/image.ts';
import type { Work } from '../commit/import-record.ts';

/** A field that somebody changed after the import, with both values; sealed ones as masks. */
export interface FieldConflict {
  field: string;
  imported: unknown;
  now: unknown;
}

/** `draft` and `active` follow from what is filled in; nobody chooses between them. */
const statusOf = (collection: string, value: unknown): unknown =>
  collection === 'crm_customers' && (value === 'draft' || value === 'active') ? 'kept by the server' : value;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Compares rows with what an import left, whatever their keys and ciphers have become meanwhile. */
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
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((field): FieldConflict[] => {
      if (field.endsWith('_sealed') && sealed.has(field.slice(0, -'_sealed'.length))) return [];
      const isSame = sealed.has(field)
        ? same(opened.get(collection)!.imported.get(id)![field], opened.get(collection)!.now.get(id)![field])
        : same(statusOf(collection, before[field]), statusOf(collection, after[field]));
      return isSame ? [] : [{ field, imported: before[field] ?? null, now: after[field] ?? null }];
    });
  };
}

/** What an update changed, as it is put back: the fields whose image before differs from the one after. */
export function valuesBack(before: Row, after: Row): Row {
  const changed = Object.keys(before).filter((field) => !same(before[field], after[field]));
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}
