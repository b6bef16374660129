import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { isUuid } from '../../kernel/uuid.ts';
import { isTitled, type Titled } from './linked-rows.ts';

/** A record that somebody opened, and when last. */
export interface Opened {
  collection: Titled;
  id: string;
  at: string;
}

/** Some of them may be another's by now. */
const LOOKED_AT = 60;

/** What the person opened last, each record once; whether it is still theirs to read is not said here. */
export async function recentlyOpened(database: Knex, actor: Actor): Promise<Opened[]> {
  const rows = await database('crm_recent_records')
    .where({ user: actor.user })
    .orderBy('at', 'desc')
    .limit(LOOKED_AT)
    .select('collection', 'item', 'at');
  const seen = new Map<string, Opened>();
  for (const { collection, item, at } of rows) {
    const key = `${collection}/${item}`;
    if (!isTitled(collection) || !isUuid(item) || seen.has(key)) continue;
    seen.set(key, { collection, id: item, at: new Date(at).toISOString() });
  }
  return [...seen.values()];
}
