import { among } from '../../platform/api/among.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { fileLinks, pathsBelow } from '../../segments/index.ts';
import { addTo } from './record.ts';
import type { Root } from './rules/match-rules.ts';

type TreePath = ReturnType<typeof pathsBelow>[number];

/** Roots of one kind in one segment that go from one person to another; the caller's transaction holds them. */
export interface Giving {
  root: Root;
  ids: readonly string[];
  segment: string | null;
  from: string;
  to: string;
}

/** What is to happen with work that was assigned, before it is somebody else's. */
export type WithAssigned = (activities: readonly string[]) => Promise<void>;

interface Standing {
  id: string;
  segment: string | null;
  owner: string | null;
}

/**
 * Holds rows, in the order of their keys, so that two who do this never wait for each other. SQLite has one writer and no row to
 * hold; asked for an order it would walk the whole table by its keys.
 */
function held(database: Knex, collection: string, column: string, values: readonly string[]): Promise<Standing[]> {
  const rows = database(collection)
    .where(among(database, column, values))
    .select('id', 'segment', 'owner');
  const isPostgres = String(database.client.config.client).startsWith('pg');
  return isPostgres ? rows.orderBy('id').forNoKeyUpdate() : rows;
}

/** Gives rows an owner, with an entry of the log for each. */
async function give(database: Knex, collection: string, rows: readonly Standing[], to: string): Promise<void> {
  if (!rows.length) return;
  const ids = rows.map(({ id }) => id);
  await changeLog().rewriting(
    database,
    collection,
    rows.map(({ id, segment, owner }) => ({ id, segment, before: { owner }, after: { owner: to } })),
    () =>
      database(collection)
        .where(among(database, 'id', ids))
        .update({ owner: to }),
  );
}

/** Nearer ways are walked first, so that each begins where a shorter one ended. */
const nameOf = (path: TreePath): string => path.map(({ collection, field }) => `${collection}.${field}`).join(' ');

/**
 * Gives roots with everything below them to somebody: set-based, every way down that the model knows, files included, as
 * `cascadePlace` does it one by one (design.md 2 and 10). Nothing but the owner is written: stages, dates and history stay.
 *
 * @returns the rows by collection, roots included.
 */
export async function giveTrees(
  database: Knex,
  { root, ids, to }: Giving,
  counts: Record<string, number>,
  withAssigned: WithAssigned,
): Promise<Map<string, Set<string>>> {
  const given = new Map<string, Set<string>>();
  /** Gives what is not theirs yet, and tells all that is there: what hangs on it is looked for below. */
  const one = async (collection: string, column: string, values: readonly string[]): Promise<string[]> => {
    const there = values.length ? await held(database, collection, column, values) : [];
    const rows = there.filter(({ owner }) => owner !== to);
    const known = given.get(collection) ?? new Set<string>();
    for (const { id } of rows) known.add(id);
    if (known.size) given.set(collection, known);
    addTo(counts, collection, rows.length);
    const keys = there.map(({ id }) => id);
    if (!rows.length) return keys;
    if (collection === 'crm_activities') await withAssigned(rows.map(({ id }) => id));
    await give(database, collection, rows, to);
    for (const { field } of fileLinks().filter((link) => link.collection === collection)) {
      const files: string[] = await database(collection)
        .where(among(database, 'id', keys))
        .whereNotNull(field)
        .pluck(field);
      await one('directus_files', 'id', files);
    }
    return keys;
  };
  const reached = new Map<string, string[]>([['', await one(root, 'id', ids)]]);
  for (const path of pathsBelow(root)) {
    const { collection, field } = path.at(-1)!;
    reached.set(nameOf(path), await one(collection, field, reached.get(nameOf(path.slice(0, -1))) ?? []));
  }
  return given;
}
