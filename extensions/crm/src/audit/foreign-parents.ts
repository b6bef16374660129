import type { EventContext, HostContext, Row } from '../platform/api/host.ts';
import { originOfWrite, withOrigin } from '../platform/api/origin.ts';
import { isAboveLogged, type RowLog } from './row-log.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/** As they were sent: the keys of others may be texts, in which capitals count. */
const textsOf = (keys: unknown): string[] => (Array.isArray(keys) ? keys : [keys]).map(String);

/** The collection whose rows an event of a deletion is about; fields and relations have such events too. */
function collectionOf({ event, collection }: Row): string | null {
  if (typeof collection !== 'string') return null;
  const scope = collection.startsWith('directus_') ? collection.slice('directus_'.length) : 'items';
  return event === `${scope}.delete` ? collection : null;
}

/**
 * Rows that are logged, and go or are emptied of a key along with a row that is not: one of the host's folders, one of the
 * administrator's own collections. What follows is noted before, and logged in the transaction of the deletion.
 */
export function registerForeignParents({ filter, action }: Register, { database, logger }: HostContext, rows: RowLog): void {
  filter('*.delete', async (keys: unknown, meta, context) => {
    const collection = collectionOf(meta);
    if (collection && isAboveLogged(collection, context.schema)) await rows.noteDeletion(textsOf(keys), { ...context, collection });
    return keys;
  });

  filter('activity.create', async (activity: Row, _meta, { database: connection, schema }) => {
    const { action: what, collection, item, user, ip, user_agent: userAgent } = activity as Record<string, string | null>;
    if (what !== 'delete' || !collection || !isAboveLogged(collection, schema)) return activity;
    await withOrigin(originOfWrite({ user: user ?? null, ip: ip ?? null, userAgent: userAgent ?? null }), () =>
      rows.logFollowers(String(item), { collection, database: connection, schema }),
    );
    return activity;
  });

  // Of some collections, and of what is done without anybody's rights, the host keeps no activity: it follows at once.
  action('*.delete', async (meta, { accountability, schema }) => {
    const collection = collectionOf(meta);
    if (!collection || !isAboveLogged(collection, schema)) return;
    const origin = { user: accountability?.user ?? null, ip: accountability?.ip ?? null, userAgent: accountability?.userAgent ?? null };
    await withOrigin(originOfWrite(origin), async () => {
      for (const item of textsOf(meta['keys'] ?? meta['payload'])) await rows.logFollowers(item, { collection, database, schema });
    }).catch((error: unknown) => logger.error(`crm: what followed a deletion in ${collection} was not logged: ${String(error)}`));
  });
}
