import { among } from '../../platform/api/among.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, SchemaOverview } from '../../platform/api/host.ts';
import { belongsTo } from '../../segments/index.ts';
import { askNextOwner, giveAnswersBack, openAgain } from './assigned-work.ts';
import { giveTrees } from './give-trees.ts';
import { leaveBehind } from './leave-behind.ts';
import { partGroups } from './part-groups.ts';
import { loadParty } from './party.ts';
import type { HandoverPorts } from './ports.ts';
import { addTo, JOURNAL, setStates, writeJournal, type Counts, type Entry, type HandoverRow, type JournalRow } from './record.ts';
import { whereRoot } from './roots.ts';
import { ROOTS, type Root } from './rules/match-rules.ts';
import { isInScope, type Scope } from './rules/parties.ts';

/** The last transaction of a hand-over or of its undo. */
export interface Ending {
  database: Knex;
  ports: HandoverPorts;
  handover: HandoverRow;
  counts: Counts;
}

/** One transaction of a hand-over or of its undo, with whoever asked for it and what they reach at this moment. */
export interface Work extends Ending {
  actor: Actor;
  scope: Scope;
  /** The tables and fields that there are now: an administrator may have removed one of theirs. */
  schema: SchemaOverview;
}

const isRoot = ({ collection, field }: JournalRow): boolean => field === 'owner' && (ROOTS as readonly string[]).includes(collection);

/** The next roots that still have to go, or to come back; an undo begins with what went last. */
export async function nextRoots({ database, handover }: Work, most: number): Promise<JournalRow[]> {
  const rows: JournalRow[] = await database(JOURNAL)
    .where({ handover: handover.id, state: handover.state === 'undoing' ? 'done' : 'planned', field: 'owner' })
    .whereIn('collection', [...ROOTS])
    .orderBy('id')
    .limit(most);
  return rows.filter(isRoot);
}

/** Rows of one kind that go between the same two people. */
interface Batch {
  root: Root;
  from: string;
  to: string;
  rows: JournalRow[];
}

function batchesOf(rows: readonly JournalRow[], isUndo: boolean): Batch[] {
  const alike = Map.groupBy(rows, ({ collection, before, after }) => `${collection} ${before} ${after}`);
  return [...alike.values()].map((batch) => {
    const [first] = batch as [JournalRow];
    const [from, to] = isUndo ? [first.after!, first.before!] : [first.before!, first.after!];
    return { root: first.collection as Root, from, to, rows: batch };
  });
}

/** Gives the next roots with their trees, whole or not at all; rows that changed hands since, or hang elsewhere by now, are spared. */
export async function giveChunk(work: Work, rows: readonly JournalRow[]): Promise<void> {
  for (const batch of batchesOf(rows, work.handover.state === 'undoing')) await giveBatch(work, batch);
}

/** Leaves roots where they are. */
export async function setAside({ database, handover, counts }: Work, rows: readonly JournalRow[]): Promise<void> {
  const isUndo = handover.state === 'undoing';
  for (const { collection } of rows) addTo(isUndo ? counts.kept : counts.left, collection, 1);
  await setStates(
    database,
    rows.map(({ id }) => id),
    isUndo ? 'kept' : 'left',
  );
}

async function giveBatch(work: Work, batch: Batch): Promise<void> {
  const { database, handover } = work;
  const isUndo = handover.state === 'undoing';
  const held: { id: string; segment: string | null }[] = await database(batch.root)
    .where(
      among(
        database,
        'id',
        batch.rows.map(({ item }) => item),
      ),
    )
    .where({ owner: batch.from })
    .andWhere(whereRoot(batch.root, database))
    .orderBy('id')
    .forNoKeyUpdate()
    .select('id', 'segment');
  const receiver = await holdReceiver(database, batch.to);
  const going = new Set<string>();
  for (const [segment, roots] of Map.groupBy(held, (row) => row.segment)) {
    // What the asker no longer answers for stays, as does what stands elsewhere by now (ORG-2).
    if (!isInScope(work.scope, segment)) continue;
    // Whoever was frozen or moved since gets nothing more; an undo goes back to frozen people, too, but not across segments.
    if (!receiver || (segment && !belongsTo(isUndo ? { ...receiver, active: true } : receiver, segment))) continue;
    const ids = roots.map(({ id }) => id);
    await giveAlike(work, batch, segment, ids);
    for (const id of ids) going.add(id);
  }
  await setAside(
    work,
    batch.rows.filter(({ item }) => !going.has(item)),
  );
  await setStates(
    database,
    batch.rows.filter(({ item }) => going.has(item)).map(({ id }) => id),
    isUndo ? 'undone' : 'done',
  );
}

/** Somebody who is to get rows, held as they are until the transaction ends. */
export async function holdReceiver(database: Knex, user: string) {
  await database('directus_users').where({ id: user }).forShare().first('id');
  return loadParty(database, user);
}

async function giveAlike(
  { database, handover, counts }: Work,
  { root, from, to }: Batch,
  segment: string | null,
  ids: string[],
): Promise<void> {
  const isUndo = handover.state === 'undoing';
  const entries: Entry[] = [];
  const again: string[] = [];
  if (root === 'crm_customers') entries.push(...(await partGroups(database, handover, ids, to)));
  const given = await giveTrees(database, { root, ids, segment, from, to }, isUndo ? counts.undone : counts.moved, async (activities) => {
    const asked = isUndo ? await giveAnswersBack(database, handover.id, to, activities) : await askNextOwner(database, to, activities);
    again.push(...asked.again);
    if ('entries' in asked) entries.push(...asked.entries);
    else addTo(counts.kept, 'crm_activities', asked.kept);
  });
  await openAgain(database, again);
  if (segment) {
    entries.push(...(await leaveBehind(database, { from: { segment, owner: from }, to: { segment, owner: to } }, given)));
  }
  // What an undo takes from others meanwhile is theirs to lose: nothing takes an undo back.
  if (!isUndo) await writeJournal(database, handover.id, entries, AFTER_ROOTS);
}

/** Behind every root: what came along is taken back after them. */
const AFTER_ROOTS = 0x80_00_00_00;
