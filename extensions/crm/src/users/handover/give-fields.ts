import { COLLECTIONS } from '../../kernel/collections.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { holdReceiver, type Work } from './give-chunk.ts';
import { updatableBy } from './may-update.ts';
import { mayReturn } from './may-return.ts';
import { addTo, JOURNAL, setStates, type JournalRow } from './record.ts';
import { fitsPost } from './rules/fits-post.ts';
import { ROOTS } from './rules/match-rules.ts';
import { isInScope } from './rules/parties.ts';

const MOST = 100;

/** The next single fields: what somebody was named for, and what a tree let go of when it went. */
async function nextFields({ database, handover }: Work, most: number): Promise<JournalRow[]> {
  return database(JOURNAL)
    .where({ handover: handover.id, state: handover.state === 'undoing' ? 'done' : 'planned' })
    .andWhere((others) => void others.whereNot('field', 'owner').orWhereNotIn('collection', [...ROOTS]))
    .orderBy('id')
    .limit(Math.min(MOST, most));
}

/** Whether the field is there: an administrator may have removed one of theirs since (N5). */
const isThere = ({ schema }: Work, { collection, field }: JournalRow): boolean => Boolean(schema.collections[collection]?.fields[field]);

const hasSegment = (collection: string): boolean => Boolean(COLLECTIONS[collection]?.fields['segment']);

/** What a row says at this moment, held until the transaction ends. */
const held = (database: Knex, { collection, item, field }: JournalRow): Promise<Row | undefined> =>
  database(collection)
    .where({ id: item })
    .forNoKeyUpdate()
    .first(hasSegment(collection) ? [field, 'segment'] : [field]);

type Judge = (row: JournalRow, stored: Row) => Promise<boolean>;

/**
 * Who may be named now: judged anew for each, because since it was planned the row, the receiver and the asker's rights may have
 * changed. An undo asks the same, of frozen people too.
 */
async function postJudge({ database, handover, actor, scope }: Work): Promise<Judge> {
  const isUndo = handover.state === 'undoing';
  const mayUpdate = await updatableBy(database, actor, scope);
  const giver = await holdReceiver(database, handover.from);
  const receivers = new Map([[handover.from, giver]]);
  return async ({ collection, field, item, before, after }, stored) => {
    const segment = (stored['segment'] ?? null) as string | null;
    const user = isUndo ? before! : after!;
    if (!isInScope(scope, segment) || !mayUpdate(collection)) return false;
    if (!receivers.has(user)) receivers.set(user, await holdReceiver(database, user));
    const receiver = receivers.get(user);
    if (!receiver) return false;
    const to = isUndo ? { ...receiver, active: true } : receiver;
    return fitsPost(to, isUndo ? undefined : giver?.role, { collection, field, item, segment });
  };
}

/**
 * Writes the next single fields, one by one: each only where it still says what it said, so that a change of somebody else since is
 * spared.
 *
 * @param isRefused leaves them instead: the database does not take what is written, however often it is tried.
 * @returns how many were looked at; 0 when none is left.
 */
export async function giveFields(work: Work, most: number, isRefused: boolean): Promise<number> {
  const { database, handover, counts } = work;
  const isUndo = handover.state === 'undoing';
  const rows = await nextFields(work, most);
  if (!rows.length) return 0;
  const mayPost = await postJudge(work);
  for (const row of rows) {
    const { collection, item, field } = row;
    const [expected, value] = isUndo ? [row.after, row.before] : [row.before, row.after];
    const stored = isThere(work, row) ? await held(database, row) : undefined;
    const isAsLeft = !isRefused && stored !== undefined && (stored[field] ?? null) === expected;
    const fits = isAsLeft && (await (row.rule === null ? mayReturn(work, row) : mayPost(row, stored)));
    if (fits) await updateLogged(database, collection, (query) => query.where({ id: item }), { [field]: value });
    await setStates(database, [row.id], fits ? (isUndo ? 'undone' : 'done') : isUndo ? 'kept' : 'left');
    addTo(fits ? (isUndo ? counts.undone : counts.moved) : isUndo ? counts.kept : counts.left, collection, 1);
  }
  return rows.length;
}
