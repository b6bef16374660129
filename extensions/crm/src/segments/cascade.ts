import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { askAgain, openAgain } from './ask-again.ts';
import type { Place } from './rules/reach.ts';
import { fileLinks, pathsBelow, type TreeLink } from './rules/tree.ts';

const idsAlong = (database: Knex, path: readonly TreeLink[], root: string, column = 'id'): Knex.QueryBuilder => {
  const last = path.at(-1)!;
  const query = database(last.collection).select(column);
  return path.length === 1 ? query.where(last.field, root) : query.whereIn(last.field, idsAlong(database, path.slice(0, -1), root));
};

const elsewhere = (place: Place) => (query: Knex.QueryBuilder) =>
  void query.whereNull('segment').orWhereNot('segment', place.segment).orWhereNull('owner').orWhereNot('owner', place.owner);

/**
 * Gives everything below one row that row's segment and owner (design.md 2): set-based, inside the caller's transaction,
 * every way down that the model knows, files included. Rows that stand right already are not written.
 */
export async function cascadePlace(database: Knex, collection: string, root: string, place: Place): Promise<void> {
  const again = new Set<string>();
  for (const path of pathsBelow(collection)) {
    const { collection: below } = path.at(-1)!;
    if (below === 'crm_activities')
      for (const id of await askAgain(database, place.owner, (rows) => rows.whereIn('id', idsAlong(database, path, root)))) again.add(id);
    const there = { segment: place.segment, owner: place.owner };
    await updateLogged(database, below, (rows) => rows.whereIn('id', idsAlong(database, path, root)).andWhere(elsewhere(place)), there);
    for (const { field } of fileLinks().filter((link) => link.collection === below)) {
      const files = () => idsAlong(database, path, root, field).whereNotNull(field);
      await updateLogged(database, 'directus_files', (rows) => rows.whereIn('id', files()).andWhere(elsewhere(place)), there);
    }
  }
  await openAgain(database, [...again]);
}

/** Whether a row directly below stands elsewhere: then the root has moved and the whole tree has to follow. */
export async function hasStragglers(database: Knex, collection: string, root: string, place: Place): Promise<boolean> {
  const direct = pathsBelow(collection).filter(({ length }) => length === 1);
  if (!direct.length) return false;
  const [first, ...rest] = direct.map(([link]) =>
    database(link!.collection).select(database.raw('1 as straggler')).where(link!.field, root).andWhere(elsewhere(place)),
  );
  const found = await database.select('straggler').from(first!.unionAll(rest).as('stragglers')).limit(1);
  return found.length > 0;
}

const CHUNK = 500;

/** The keys of everything below one row, by collection; a row that hangs on several ways stands once. */
export async function rowsBelow(database: Knex, collection: string, root: string): Promise<Map<string, Set<string>>> {
  const rows = new Map<string, Set<string>>();
  for (const path of pathsBelow(collection)) {
    const { collection: below } = path.at(-1)!;
    const known = rows.get(below) ?? new Set<string>();
    const found: { id: string }[] = await idsAlong(database, path, root);
    for (const { id } of found) known.add(id);
    rows.set(below, known);
  }
  return rows;
}

/** How many of the rows and files below one row stand elsewhere than at `place`: what the doctor counts, for one tree (design.md 3). */
export async function countStragglers(database: Knex, collection: string, root: string, place: Place): Promise<number> {
  let count = 0;
  for (const [below, ids] of await rowsBelow(database, collection, root)) {
    const all = [...ids];
    for (let at = 0; at < all.length; at += CHUNK) {
      const part = all.slice(at, at + CHUNK);
      count += (await database(below).whereIn('id', part).andWhere(elsewhere(place)).select('id')).length;
      for (const { field } of fileLinks().filter((link) => link.collection === below)) {
        const files = database(below).whereIn('id', part).whereNotNull(field).select(field);
        count += (await database('directus_files').whereIn('id', files).andWhere(elsewhere(place)).select('id')).length;
      }
    }
  }
  return count;
}
