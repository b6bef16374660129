import { loadActor, type Actor } from '../../platform/api/actor.ts';
import { giveWay } from '../../platform/api/give-way.ts';
import type { Accountability, HostContext, Row, SchemaOverview } from '../../platform/api/host.ts';
import { exportRefusal } from './refuse.ts';
import { standingOf } from './standing.ts';

/** Rows of one collection as one person sees them, for as long as the person may. */
export interface CallerRows {
  read(query: object): Promise<Row[]>;
  /** The same for what lies behind a key; only for a question that `read` has answered before. */
  readBehind(key: string, query: { filter: readonly object[] } & Row): Promise<Row[]>;
  /** Refuses once the person was suspended, or works elsewhere or as something else than in the beginning. */
  stillMay(): Promise<void>;
}

/**
 * Reads through the host's own service with the caller's rights, events included: row rules, fields, masks and the guard's
 * rules on queries are the same as for every list (ORG-2). Between two pages others go first.
 *
 * @param caller.goOn is asked before each page, and throws where the work is to end.
 */
export function callerRows(
  { database, services }: Pick<HostContext, 'database' | 'services'>,
  caller: { actor: Actor; accountability: Accountability; schema: SchemaOverview; goOn: () => void },
  collection: string,
): CallerRows {
  const { actor, accountability, schema, goOn } = caller;
  const service = new services.ItemsService(collection, { accountability, schema, knex: database });
  const along = new services.ItemsService(collection, { accountability, schema: withOrderedKey(schema, collection), knex: database });
  const before = standingOf(actor);

  async function stillMay(): Promise<void> {
    goOn();
    const now = await loadActor(database, accountability);
    if (!now || standingOf(now) !== before) throw exportRefusal('rights_changed', actor.language);
  }
  async function ready(): Promise<void> {
    await giveWay(database);
    await stillMay();
  }
  return {
    stillMay,
    async read(query) {
      await ready();
      return service.readByQuery(query);
    },
    async readBehind(key, { filter, ...query }) {
      await ready();
      return along.readByQuery({ ...query, filter: { _and: [...filter, { id: { _gt: key } }] } });
    },
  };
}

/**
 * The schema, but that it does not say of which type the key is: the host compares keys of the type uuid for equality
 * alone, and pages along the key ask for what comes behind one.
 */
function withOrderedKey(schema: SchemaOverview, collection: string): SchemaOverview {
  const standing = schema.collections[collection];
  if (!standing) return schema;
  const key = standing.fields[standing.primary]!;
  const fields = { ...standing.fields, [standing.primary]: { ...key, type: 'unknown' as const } };
  return { ...schema, collections: { ...schema.collections, [collection]: { ...standing, fields } } };
}
