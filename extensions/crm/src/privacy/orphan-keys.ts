import type { EventContext, Knex, Row } from '../platform/api/host.ts';
import { SEALED_COLLECTIONS } from './rules/sealed-fields.ts';
import { SUBJECT_KEYS } from './subject-key.ts';
import { eraseSubjects } from './subject-keys.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/** A relation of the live schema, as far as it says what the database deletes along. */
interface Link {
  collection: string;
  related_collection: string | null;
  schema?: { on_delete?: string | null } | null;
}

/** Keys and their rows are written in one transaction; whoever writes keys first in one of its own has this long. */
const MS_TO_SETTLE = 86_400_000;

function orphansOf(database: Knex, collection: string): Knex.QueryBuilder {
  const isSqlite = String(database.client.config.client).startsWith('sqlite');
  const row = database(`${collection} as r`)
    .select(database.raw('1'))
    .whereRaw(isSqlite ? 'r.id = k.item' : 'cast(r.id as text) = k.item');
  return database(`${SUBJECT_KEYS} as k`).where('k.collection', collection).whereNotExists(row);
}

const settled = (query: Knex.QueryBuilder, now: Date) => query.where('k.date_created', '<', new Date(now.getTime() - MS_TO_SETTLE));

/** Keys whose row is gone by a way that tells nobody, such as SQL by hand: what they open may still lie in a copy (Q8). */
export async function countOrphans(database: Knex, now: Date): Promise<number> {
  let count = 0;
  for (const collection of SEALED_COLLECTIONS) {
    const [row] = await settled(orphansOf(database, collection), now).count({ keys: '*' });
    count += Number(row?.['keys'] ?? 0);
  }
  return count;
}

/** Erases what `countOrphans` counts; how many. */
export async function sweepOrphans(database: Knex, now: Date): Promise<number> {
  let erased = 0;
  for (const collection of SEALED_COLLECTIONS)
    erased += await database(SUBJECT_KEYS)
      .whereIn('id', settled(orphansOf(database, collection), now).select('k.id'))
      .delete();
  return erased;
}

/** Collections with sealed values whose rows the database deletes along with a row of `collection`. */
function cascadesInto(links: readonly Link[], collection: string, seen = new Set([collection])): string[] {
  for (const link of links)
    if (link.related_collection === collection && link.schema?.on_delete === 'CASCADE' && !seen.has(link.collection)) {
      seen.add(link.collection);
      cascadesInto(links, link.collection, seen);
    }
  return [...seen].filter((one) => one !== collection && SEALED_COLLECTIONS.includes(one));
}

/**
 * A row that the database deletes along with another one is told of by nobody: an administrator's own relation may say so. Its
 * key goes in the transaction of the other one. Without an accountability the host tells of a delete only when it is done.
 */
export function eraseWithRows({ filter, action }: Register): void {
  filter('activity.create', async (activity: Row, _meta, { database, schema }) => {
    if (activity['action'] !== 'delete' || !schema) return activity;
    for (const collection of cascadesInto(schema.relations, String(activity['collection'])))
      await database(SUBJECT_KEYS).whereIn('id', orphansOf(database, collection).select('k.id')).delete();
    return activity;
  });
  action('items.delete', async ({ collection, keys }, { accountability, database }) => {
    if (accountability || !SEALED_COLLECTIONS.includes(String(collection))) return;
    await eraseSubjects(database, String(collection), keys as string[]);
  });
}
