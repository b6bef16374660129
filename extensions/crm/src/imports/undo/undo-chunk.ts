import { updateMany } from '../../platform/api/bulk-rows.ts';
import type { Knex } from '../../platform/api/host.ts';
import { rowsById } from '../commit/columns.ts';
import { WRITTEN, type StagedRow, type Work } from '../commit/import-record.ts';
import { taken, type Take, type Taken } from '../commit/open-lines.ts';
import { IMPORT_ROWS } from '../staging.ts';
import { childrenOf } from './children.ts';
import { comparing, valuesBack } from './compare.ts';
import { judgeRestored } from './judge-restored.ts';
import { keepOneMain, type MainAgain } from './keep-one-main.ts';
import { waitingBatches } from '../sample/marks.ts';
import { endRequests, ownRequests } from './own-requests.ts';
import { touchedBy, type Touched } from './touched.ts';
import { removeRows, restoreRows, type Restored } from './write-back.ts';

/** Children first: a contact goes before its customer. */
const ORDER = ['crm_customers_tags', 'crm_contacts', 'crm_activities', 'crm_orders', 'crm_leads', 'crm_customers'];

/**
 * Takes the last lines of an import back that are not taken back yet, in one transaction: rows that it made go, with whatever
 * came with them, and rows that it changed become what they were. A row that differs from what the import left was edited
 * by somebody and stays as it is; so does a row on which others hang by now.
 *
 * @returns what was looked at; no lines when none is left.
 */
export async function undoChunk(work: Work, take: Take): Promise<Taken> {
  const lines = await lastLines(work, take);
  if (!lines.length) return taken(lines, take);
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
  return taken(lines, take);
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

/** From the end on, with the order of an index and from where the last chunk ended: as a commit takes them (open-lines.ts). */
async function lastLines({ database, record }: Work, { most, from }: Take): Promise<StagedRow[]> {
  const done = (): Knex.QueryBuilder =>
    database(IMPORT_ROWS)
      .where({ import: record.id, state: 'done' })
      .whereIn('verdict', [...WRITTEN])
      .orderBy('line', 'desc')
      .limit(most);
  if (!from) return done();
  const lines: StagedRow[] = await done().where('line', '<=', from);
  return lines.length ? lines : done();
}

async function setStates({ database }: Work, lines: readonly StagedRow[], kept: ReadonlySet<string>): Promise<void> {
  const rows = lines.map(({ id }) => ({ id, state: kept.has(id) ? 'kept' : 'undone' }));
  await updateMany(database, IMPORT_ROWS, rows, ['state']);
}

/** Leaves the next line as it is: the database does not take back what it says, a link to somebody who is gone for instance. */
export async function keepNext(work: Work, from: number): Promise<Taken> {
  const take = { most: 1, from };
  const lines = await lastLines(work, take);
  await setStates(work, lines, new Set(lines.map(({ id }) => id)));
  return taken(lines, take);
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
  const items = made.map(({ item }) => item);
  const requests = await ownRequests(work, collection, items);
  const hanging = await childrenOf(database, schema, collection, items, requests);
  const gone = made.filter(({ item, line }) => {
    if (!hanging.has(item)) return true;
    spared.add(line.id);
    return false;
  });
  await restoreRows(work, collection, possible);
  for (const { line, stored, values } of possible)
    if (collection === 'crm_contacts' && values['is_primary'] === true)
      main.push({ line, item: stored.id, customer: String(values['customer'] ?? stored['customer']) });
  await endRequests(
    work,
    requests,
    gone.map(({ item }) => item),
  );
  await removeRows(
    work,
    collection,
    gone.map(({ item }) => standing.get(item)!),
  );
  return spared;
}
