import { updateMany } from '../../platform/api/bulk-rows.ts';
import { rowsById } from '../commit/columns.ts';
import { WRITTEN, type StagedRow, type Work } from '../commit/import-record.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { childrenOf } from './children.ts';
import { comparing, valuesBack } from './compare.ts';
import { judgeRestored } from './judge-restored.ts';
import { keepOneMain, type MainAgain } from './keep-one-main.ts';
import { waitingBatches } from '../sample/marks.ts';
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
  const waiting = await waitingBatches(
    work.database,
    touched.flatMap(({ mark }) => mark ?? []),
  );
  for (const collection of ORDER) {
    const rows = touched.filter((one) => one.collection === collection);
    const main: MainAgain[] = [];
    for (const turn of inTurns(rows)) for (const id of await takeBack(work, collection, turn, { waiting, main })) spared.add(id);
    for (const id of await keepOneMain(work, main)) spared.add(id);
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

interface Taking {
  /** Batches that still wait for their check: what they had marked waits for it again. */
  waiting: ReadonlySet<string>;
  /** Collects the contacts that are their customer's main one again. */
  main: MainAgain[];
}

/** Takes the rows of one collection back; gives the lines of which something was spared. */
async function takeBack(work: Work, collection: string, touched: readonly Touched[], { waiting, main }: Taking): Promise<Set<string>> {
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
  const changed: (Restored & { line: string })[] = [];
  for (const [at, one] of there.entries()) {
    if (conflictsAt(at).length) spared.add(one.line.id);
    else if (one.before) {
      const stored = standing.get(one.item)!;
      const mark = one.mark && waiting.has(one.mark) ? one.mark : null;
      changed.push({ line: one.line.id, stored, values: valuesBack(one.before, one.after!, stored), mark });
    } else made.push(one);
  }
  const { possible, refused } = await judgeRestored(work, collection, changed);
  for (const { line } of refused) spared.add(line);
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
  await restoreRows(work, collection, possible);
  for (const { line, stored, values } of possible)
    if (collection === 'crm_contacts' && values['is_primary'] === true)
      main.push({ line, item: stored.id, customer: String(values['customer'] ?? stored['customer']) });
  await removeRows(
    work,
    collection,
    gone.map(({ item }) => standing.get(item)!),
  );
  return spared;
}
