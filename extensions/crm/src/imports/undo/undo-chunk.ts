import { updateMany } from '../../platform/api/bulk-rows.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { rowsById } from '../commit/columns.ts';
import { WRITTEN, type StagedRow, type Work } from '../commit/import-record.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { childrenOf } from './children.ts';
import { comparing, valuesBack, type FieldConflict } from './compare.ts';
import { touchedBy, type Touched } from './touched.ts';
import { removeRows, restoreRows, type Restored } from './write-back.ts';

/** Children first: a contact goes before its customer. */
const ORDER = ['crm_customers_tags', 'crm_contacts', 'crm_activities', 'crm_orders', 'crm_leads', 'crm_customers'];

/**
 * Takes the last lines of an import back that are not taken back yet, in one transaction: rows that it made go, with whatever
 * came with them, and rows that it changed become what they were. A row that differs from what the import left was edited
 * by somebody and stays as it is; so does a row on which others hang by now.
 *
 * @param most how many lines at once.
 * @returns how many lines were looked at; 0 when none is left.
 */
export async function undoChunk(work: Work, most: number): Promise<number> {
  const lines = await lastLines(work, most);
  if (!lines.length) return 0;
  const touched = lines.flatMap((line) => touchedBy(work, line));
  const spared = new Set<string>();
  for (const collection of ORDER) {
    const rows = touched.filter((one) => one.collection === collection);
    for (const turn of inTurns(rows)) for (const id of await takeBack(work, collection, turn)) spared.add(id);
  }
  await setStates(work, lines, spared);
  return lines.length;
}

/** What several lines did to one row is taken back one after the other, the latest first. */
function inTurns(touched: readonly Touched[]): Touched[][] {
  const turns: Touched[][] = [];
  const seen = new Map<string, number>();
  for (const one of touched) {
    const turn = seen.get(one.item) ?? 0;
    seen.set(one.item, turn + 1);
    (turns[turn] ??= []).push(one);
  }
  return turns;
}

const lastLines = ({ database, record }: Work, most: number): Promise<StagedRow[]> =>
  database(IMPORT_ROWS)
    .where({ import: record.id, state: 'done' })
    .whereIn('verdict', [...WRITTEN])
    .orderBy([
      { column: 'line', order: 'desc' },
      { column: 'id', order: 'desc' },
    ])
    .limit(most);

async function setStates({ database }: Work, lines: readonly StagedRow[], kept: ReadonlySet<string>): Promise<void> {
  const rows = lines.map(({ id }) => ({ id, state: kept.has(id) ? 'kept' : 'undone' }));
  await updateMany(database, IMPORT_ROWS, rows, ['state']);
}

/** Leaves the next line as it is: the database does not take back what it says, a link to somebody who is gone for instance. */
export async function keepNext(work: Work): Promise<number> {
  const lines = await lastLines(work, 1);
  await setStates(work, lines, new Set(lines.map(({ id }) => id)));
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
    const called = await namer(database, [...standing.values()]);
    for (const [at, one] of there.entries()) {
      if (back.has(one)) continue;
      const children = one.before ? [] : (hanging.get(one.item) ?? []);
      const fields = [...conflictsAt(at), ...children.map(({ field, count }): FieldConflict => ({ field, imported: 0, now: count }))];
      if (fields.length || one.before) found.push({ collection, item: one.item, name: called(standing.get(one.item)!), fields });
    }
  }
  return found;
}

/** By what a person knows a row; a tag of a customer goes by the tag. */
async function namer(database: Knex, rows: readonly Row[]): Promise<(row: Row) => string> {
  const tags = rows.flatMap(({ tag }) => (typeof tag === 'string' ? [tag] : []));
  const known: { id: string; name: string }[] = tags.length ? await database('crm_tags').whereIn('id', tags).select('id', 'name') : [];
  const names = new Map<unknown, string>(known.map(({ id, name }) => [id, name]));
  return (row) => String(names.get(row['tag']) ?? NAMES.map((field) => row[field]).find((value) => typeof value === 'string') ?? '');
}
