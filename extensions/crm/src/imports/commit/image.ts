import type { Row } from '../../platform/api/host.ts';
import { indexColumn, sealedFieldsOf } from '../../privacy/index.ts';
import { sealPart } from '../staging.ts';
import { rowsById, toPlainRow } from './columns.ts';
import type { Work } from './import-record.ts';

/** One row before or after an import; null where it did not exist. */
export interface RowImage {
  collection: string;
  item: string;
  row: Row | null;
  /** The batch whose check it waited for before this one wrote it (IMP-3). */
  mark?: string;
}

/** What the server counts from other rows, and the host's stamps: never a reason to call a row edited. */
const DERIVED = new Set([
  ...['completeness', 'missing', 'name_hint', 'last_activity_at', 'next_due_on', 'pending_import'],
  ...['date_created', 'user_created', 'date_updated', 'user_updated'],
]);

/**
 * A row as the journal keeps it. Sealed values stay sealed under the key of their own subject, so that erasing the person
 * erases them here too (Q8); indexes are left out, because a rotation makes them anew.
 */
export function toImage({ schema }: Pick<Work, 'schema'>, collection: string, row: Row): Row {
  const left = new Set(sealedFieldsOf(collection).map(({ field }) => indexColumn(field)));
  const kept = Object.entries(row).filter(([column]) => !DERIVED.has(column) && !left.has(column));
  return toPlainRow(schema, collection, Object.fromEntries(kept));
}

/** Which rows each line touches, as they were. `note` keeps the first state that is told of a row. */
export class Journal {
  readonly #befores = new Map<string, Map<string, RowImage>>();
  /** New rows as the database gave them back, so that nobody reads them again. */
  readonly #seen = new Map<string, Row>();

  note(line: string, collection: string, item: string, row: Row | null): void {
    const rows = this.#befores.get(line) ?? new Map<string, RowImage>();
    const key = `${collection}/${item}`;
    if (!rows.has(key)) rows.set(key, { collection, item, row });
    this.#befores.set(line, rows);
  }

  /** Rows that were just inserted, as they stand. */
  saw(collection: string, rows: readonly Row[]): void {
    for (const row of rows) this.#seen.set(`${collection}/${String(row['id'])}`, row);
  }

  /** What was written over rows since, whether they are new or not. */
  changed(collection: string, items: readonly string[], values: Row): void {
    for (const item of items) {
      const key = `${collection}/${item}`;
      const row = this.#seen.get(key);
      if (row) this.#seen.set(key, { ...row, ...values });
    }
  }

  /** The sealed images of every line: before, and as the rows stand now. */
  async images(work: Work): Promise<Map<string, { image_before: string; image_after: string }>> {
    const touched = [...this.#befores.values()].flatMap((rows) => [...rows.values()]);
    const now = new Map<string, Row>();
    for (const [collection, images] of Map.groupBy(touched, (image) => image.collection)) {
      const items = images.map(({ item }) => item).filter((item) => !this.#seen.has(`${collection}/${item}`));
      for (const [id, row] of await rowsById(work.database, collection, items))
        now.set(`${collection}/${id}`, toImage(work, collection, row));
    }
    for (const { collection, item } of touched) {
      const row = this.#seen.get(`${collection}/${item}`);
      if (row) now.set(`${collection}/${item}`, toImage(work, collection, row));
    }
    const sealed = new Map<string, { image_before: string; image_after: string }>();
    for (const [line, rows] of this.#befores) {
      const before = [...rows.values()].map((image): RowImage => {
        const mark = image.row?.['pending_import'];
        const former = typeof mark === 'string' && mark !== work.record.id ? { mark } : {};
        return { ...image, row: image.row && toImage(work, image.collection, image.row), ...former };
      });
      const after = before.map(({ collection, item }) => ({ collection, item, row: now.get(`${collection}/${item}`) ?? null }));
      sealed.set(line, {
        image_before: sealPart(work.subject, line, 'image_before', before),
        image_after: sealPart(work.subject, line, 'image_after', after),
      });
    }
    return sealed;
  }
}
