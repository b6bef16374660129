import { COLLECTIONS } from '../kernel/collections.ts';
import type { Knex, SchemaOverview } from '../platform/api/host.ts';
import { currentOrigin } from '../platform/api/origin.ts';
import type { Changes, Noted } from './changes.ts';
import { hasFollowers, rowsThatFollow, type Following } from './follows.ts';

/** What is logged of the host's own collections: people, what they may do, settings, automation, files, comments (SEC-3). */
export const HOST_COLLECTIONS = [
  'directus_users',
  'directus_roles',
  'directus_policies',
  'directus_permissions',
  'directus_access',
  'directus_settings',
  'directus_flows',
  'directus_operations',
  'directus_files',
  'directus_comments',
] as const;

export const isLog = (collection: string): boolean => COLLECTIONS[collection]?.tenancy === 'log';

/** Bookkeeping that says who manages what (Q18): a right, given and taken like a role. */
const RIGHTS = 'crm_user_segments';

/** The collections whose every write has an entry. */
export const LOGGED: readonly string[] = [
  ...Object.keys(COLLECTIONS).filter(
    (collection) => collection === RIGHTS || (!isLog(collection) && COLLECTIONS[collection]!.tenancy !== 'internal'),
  ),
  ...HOST_COLLECTIONS,
];
export const isLogged = (collection: string): boolean => LOGGED.includes(collection);

/** Whether a collection is not logged itself, but logged rows go or change along with its own. */
export const isAboveLogged = (collection: string, schema: SchemaOverview | null): boolean =>
  !isLogged(collection) && hasFollowers(collection, schema, isLogged);

/**
 * The host replaces the content of a file by a change of its row that it announces to nobody: a change that was not noted in
 * its request is one, since operations of flows say what they write.
 */
const FILES = 'directus_files';

/** How many rows are kept in mind; more than the largest batch that the host takes. */
const MOST = 10_000;

/** How far down deletions are followed; no model of ours is deeper, and a circle ends somewhere. */
const DEEPEST = 4;

/** A write of the host, before or after it. */
export interface RowWrite {
  collection: string;
  database: Knex;
  schema: SchemaOverview | null;
}

/** Keeps the last `MOST` values; images are masks only, so nothing stands here that the log would not hold either. */
function remember<Value>() {
  const kept = new Map<string, Value>();
  return {
    of: (collection: string, item: string) => kept.get(`${collection}/${item}`),
    drop(collection: string, item: string, value: Value | undefined) {
      const key = `${collection}/${item}`;
      if (kept.get(key) === value) kept.delete(key);
    },
    keep(collection: string, values: ReadonlyMap<string, Value>) {
      for (const [item, value] of values) {
        const key = `${collection}/${item}`;
        kept.delete(key);
        kept.set(key, value);
      }
      for (const oldest of kept.keys()) {
        if (kept.size <= MOST) return;
        kept.delete(oldest);
      }
    },
  };
}

export interface RowLog {
  /** Remembers rows that are about to be changed. */
  note(keys: readonly string[], write: RowWrite): Promise<void>;
  /** Remembers rows that are about to be deleted, and what goes along with them. */
  noteDeletion(keys: readonly string[], write: RowWrite): Promise<void>;
  /** Logs what became of the logged rows that followed a row of somebody else's collection. */
  logFollowers(item: string, write: RowWrite): Promise<void>;
  /** Logs what became of one of them, and of what followed it. */
  log(item: string, action: string, write: RowWrite): Promise<void>;
}

/** What was seen of a row, and in which request. */
interface Seen {
  noted: Noted;
  request: string | null;
}

/** The host runs a transaction again after a deadlock, with what was noted before: how it ends decides what is forgotten. */
function atTheEnd(database: Knex, { committed, undone }: { committed?: () => void; undone?: () => void }): void {
  if (database.isTransaction) void (database as Knex.Transaction).executionPromise.then(committed, undone ?? (() => undefined));
  else committed?.();
}

const plain = (key: string): string => key.toLowerCase();

/** The two halves of an entry: what stood before a write of the host, and what stands after it. */
export function createRowLog(changes: Changes): RowLog {
  const notes = remember<Seen>();
  const follows = remember<Following[]>();

  async function note(keys: readonly string[], { collection, database, schema }: RowWrite): Promise<void> {
    const { requestId: request } = currentOrigin();
    const standing = await changes.look(database, collection, keys, schema);
    notes.keep(collection, new Map([...standing].map(([item, noted]) => [item, { noted, request }])));
  }

  /** What was noted of a row, for this once: a later write may come without a note of its own. */
  function take(collection: string, item: string, database: Knex): Seen | undefined {
    const seen = notes.of(collection, item);
    if (seen) atTheEnd(database, { committed: () => notes.drop(collection, item, seen) });
    return seen;
  }

  async function noteDeletion(keys: readonly string[], write: RowWrite, depth = 0): Promise<void> {
    const { collection, database, schema } = write;
    if (isLogged(collection)) await note(keys, write);
    const found = await rowsThatFollow(database, collection, keys, schema, isLogged);
    follows.keep(collection, new Map(keys.map((key) => [plain(key), found.get(plain(key)) ?? []])));
    for (const { from, items, deletes } of [...found.values()].flat()) {
      const below = { ...write, collection: from };
      if (deletes && depth < DEEPEST) await noteDeletion(items, below, depth + 1);
      else if (isLogged(from)) await note(items, below);
    }
  }

  async function logFollowing({ from, field, items, deletes, more }: Following, parent: string, write: RowWrite): Promise<void> {
    const { database, schema } = write;
    const written = items.map((item) => ({ item, action: 'update', noted: take(from, item, database)?.noted }));
    if (isLogged(from)) await changes.settle(database, from, written, schema);
    if (more > 0)
      await changes.event(database, {
        action: 'cleared',
        collection: from,
        item: null,
        before: { [field]: parent },
        after: { [field]: null, rows: more },
      });
    if (deletes) for (const item of items) await logFollowers(item, { ...write, collection: from });
  }

  async function logFollowers(item: string, write: RowWrite): Promise<void> {
    const { collection, database } = write;
    const following = follows.of(collection, plain(item)) ?? [];
    if (!following.length) return;
    const keep = (what: Following[]) => follows.keep(collection, new Map([[plain(item), what]]));
    // At once, since keys may go in a circle.
    keep([]);
    atTheEnd(database, { undone: () => keep(following) });
    for (const one of following) await logFollowing(one, item, write);
  }

  return {
    note,
    noteDeletion: (keys, write) => noteDeletion(keys, write),
    logFollowers,
    async log(item, action, write) {
      const { collection, database, schema } = write;
      const seen = action === 'create' ? undefined : take(collection, item, database);
      if (action === 'update' && collection === FILES && seen?.request !== currentOrigin().requestId)
        return changes.happened(database, collection, item, { action: 'replaced' }, schema);
      await changes.settle(database, collection, [{ item, action, noted: seen?.noted }], schema);
      if (action === 'delete') await logFollowers(item, write);
    },
  };
}
