import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { cascadePlace, countStragglers, fileLinks, leaveNothingBehind, rowsBelow } from '../../segments/index.ts';
import { beginAnew } from './begin-anew.ts';
import { freeLinks } from './free-links.ts';
import type { Move, MovedRows } from './move.ts';

/** A file of the tree hangs on somebody else's row too: it cannot be in two places. */
export class FileShared extends Error {}

/**
 * Moves a tree in the caller's transaction, whose lock on the root is held already (ORG-3, Q1): a row that is written meanwhile
 * either is there by now, or waits for the root and is judged where the root stands then. Throws unless everything came along.
 */
export async function moveTree(database: Knex, move: Move): Promise<MovedRows> {
  const { root, id, to } = move;
  const rows = await rowsBelow(database, root, id);
  rows.set(root, new Set([id]));
  await refuseSharedFiles(database, rows);
  if (root === 'crm_customers') await partFromGroup(database, move);
  const stages = await freeLinks(database, move, rows);

  await updateLogged(database, root, (query) => query.where({ id }), { ...to });
  await cascadePlace(database, root, id, to);
  await beginAnew(database, move, stages);
  const left = await countStragglers(database, root, id, to);
  if (left) throw new Error(`transfers: ${left} rows of ${root} did not come along`);

  await leaveNothingBehind(database, move, rows);
  return rows;
}

/** The parent organisation and the subsidiaries stay where they are, unless they stand where the customer goes. */
async function partFromGroup(database: Knex, { id, to }: Move): Promise<void> {
  const apart = (query: Knex.QueryBuilder) => void query.whereNot('segment', to.segment).orWhereNot('owner', to.owner);
  const others = database('crm_customers').where(apart).select('id');
  await updateLogged(database, 'crm_customers', (rows) => rows.where({ id }).whereIn('parent', others), { parent: null });
  await updateLogged(database, 'crm_customers', (rows) => rows.where({ parent: id }).andWhere(apart), { parent: null });
}

async function refuseSharedFiles(database: Knex, rows: MovedRows): Promise<void> {
  for (const { collection, field } of fileLinks()) {
    const mine = rows.get(collection);
    if (!mine?.size) continue;
    const carried: { id: string; file: string }[] = [];
    const all = [...mine];
    for (let start = 0; start < all.length; start += CHUNK) {
      const files = database(collection)
        .whereIn('id', all.slice(start, start + CHUNK))
        .whereNotNull(field)
        .select(field);
      carried.push(...(await database(collection).whereIn(field, files).select('id', `${field} as file`)));
    }
    if (carried.some(({ id }) => !mine.has(id))) throw new FileShared();
  }
}

const CHUNK = 500;

/** Tells the log of the segment that now has it that it came, and on what basis (PIPL art. 21, 23). */
export async function logMove(
  database: Knex,
  move: Move,
  transfer: { reason: string | null; facts: Record<string, unknown> },
): Promise<void> {
  await changeLog().event(database, {
    action: 'transfer',
    collection: move.root,
    item: move.id,
    segment: move.to.segment,
    after: { ...move.to, ...transfer.facts },
    reason: transfer.reason,
  });
}
