import type { Row } from '../../platform/api/host.ts';
import { rowsById, updateInParts } from '../commit/columns.ts';
import type { RowImage } from '../commit/image.ts';
import { WRITTEN, type StagedRow, type Work } from '../commit/import-record.ts';
import { IMPORT_ROWS, openPart } from '../staging.ts';
import { childrenOf } from './children.ts';
import { comparing, valuesBack, type FieldConflict } from './compare.ts';
import { removeRows, restoreRows, type Restored } from './write-back.ts';

const LINES = 200;

/** Children first: a contact goes before its customer. */
const ORDER = ['crm_customers_tags', 'crm_contacts', 'crm_activities', 'crm_orders', 'crm_leads', 'crm_customers'];

/** One row that a line touched, as it was before the import and as the import left it. */
export interface Touched {
  line: StagedRow;
  collection: string;
  item: string;
  before: Row | null;
  after: Row | null;
}

/** What a line touched, from its journal; the last thing that it did comes first. */
export function touchedBy({ subject }: Pick<Work, 'subject'>, line: StagedRow): Touched[] {
  if (!line.image_before || !line.image_after) return [];
  const before = openPart<RowImage[]>(subject, line.id, 'image_before', line.image_before);
  const after = openPart<RowImage[]>(subject, line.id, 'image_after', line.image_after);
  if (!before.accepted || !after.accepted) throw new Error(`The journal of line ${line.line} does not open`);
  return before.value.map((image, at) => ({ line, ...image, before: image.row, after: after.value[at]!.row })).reverse();
}

/**
 * Takes the last lines of an import back that are not taken back yet, in one transaction: rows that it made go, with whatever
 * came with them, and rows that it changed become what they were. A row that differs from what the import left was edited
 * by somebody and stays as it is; so does a row on which others hang by now.
 *
 * @returns how many lines were looked at; 0 when none is left.
 */
export async function undoChunk(work: Work): Promise<number> {
  const { database, record } = work;
  const lines: StagedRow[] = await database(IMPORT_ROWS)
    .where({ import: record.id, state: 'done' })
    .whereIn('verdict', [...WRITTEN])
    .orderBy([
      { column: 'line', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(LINES);
  if (!lines.length) return 0;
  const touched = lines.flatMap((line) => touchedBy(work, line));
  const spared = new Set<string>();
  for (const collection of ORDER) {
    const rows = touched.filter((one) => one.collection === collection);
    if (rows.length) for (const id of await takeBack(work, collection, rows)) spared.add(id);
  }
  const states = lines.map((line): Row => ({
    id: line.id,
    import: line.import,
    line: line.line,
    verdict: line.verdict,
    state: spared.has(line.id) ? 'kept' : 'undone',
  }));
  await updateInParts(database, IMPORT_ROWS, states, ['state']);
  return lines.length;
}

/** Takes the rows of one collection back; gives the lines of which something was spared. */
async function takeBack(work: Work, collection: string, touched: readonly Touched[]): Promise<Set<string>> {
  const { database, schema } = work;
  const standing = await rowsById(
    database,
    collection,
    touched.map(({ item }) => item),
    { hold: true },
  );
  // What is gone already, and what the import left as it found it, needs nothing.
  const there = touched.filter(({ item, after }) => after && standing.has(item));
  const conflictsAt = await comparing(
    work,
    there.map(({ item, after }) => ({ collection, imported: after!, now: standing.get(item)! })),
  );
  const spared = new Set<string>();
  const made: Touched[] = [];
  const changed: Restored[] = [];
  for (const [at, one] of there.entries()) {
    if (conflictsAt(at).length) spared.add(one.line.id);
    else if (one.before) changed.push({ stored: standing.get(one.item)!, values: valuesBack(one.before, one.after!) });
    else made.push(one);
  }
  const hanging = await childrenOf(
    database,
    schema,
    collection,
    made.map(({ item }) => item),
  );
  const gone = made.filter(({ item, line }) => {
    if (!hanging.has(item)) return true;
    spared.add(line.id);
    return false;
  });
  await restoreRows(work, collection, changed);
  await removeRows(
    work,
    collection,
    gone.map(({ item }) => standing.get(item)!),
  );
  return spared;
}

/** A row that an undo left alone, and why: what was changed since, or what hangs on it by now. */
export interface SparedRow {
  collection: string;
  item: string;
  name: string;
  fields: FieldConflict[];
}

const NAMES = ['name', 'title', 'subject', 'number'];

/** The rows of kept lines that stand otherwise than before the import, with both values (N6). */
export async function sparedRows(
  work: Pick<Work, 'database' | 'ring' | 'schema' | 'subject'>,
  lines: readonly StagedRow[],
): Promise<SparedRow[]> {
  const { database, schema } = work;
  const touched = lines.flatMap((line) => touchedBy(work, line));
  const found: SparedRow[] = [];
  for (const [collection, rows] of Map.groupBy(touched, (one) => one.collection)) {
    const items = rows.map(({ item }) => item);
    const standing = await rowsById(database, collection, items);
    const there = rows.filter(({ item, after }) => after && standing.has(item));
    const conflictsAt = await comparing(
      work,
      there.map(({ item, after }) => ({ collection, imported: after!, now: standing.get(item)! })),
    );
    // A row that was put back differs from what the import left, but not from what was there before it.
    const changed = there.filter(({ before }) => before);
    const differsAt = await comparing(
      work,
      changed.map(({ item, before }) => ({ collection, imported: before!, now: standing.get(item)! })),
    );
    const back = new Set(changed.filter((_one, at) => !differsAt(at).length));
    const made = there.filter(({ before }) => !before).map(({ item }) => item);
    const hanging = await childrenOf(database, schema, collection, made);
    for (const [at, one] of there.entries()) {
      if (back.has(one)) continue;
      const children = one.before ? [] : (hanging.get(one.item) ?? []);
      const fields = [...conflictsAt(at), ...children.map(({ field, count }): FieldConflict => ({ field, imported: 0, now: count }))];
      if (fields.length) found.push({ collection, item: one.item, name: nameOf(standing.get(one.item)!), fields });
    }
  }
  return found;
}

const nameOf = (row: Row): string => String(NAMES.map((field) => row[field]).find((value) => typeof value === 'string') ?? '');
