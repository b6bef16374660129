import type { EventContext, HostContext, Knex, Row } from '../platform/api/host.ts';
import { currentOrigin, originOfWrite, withOrigin } from '../platform/api/origin.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { COLLECTIONS_META, describedBy, descriptionsOf, FIELDS, type Description } from './descriptions.ts';
import type { Journal, LaterEntry } from './journal.ts';
import { applied, difference, type Image } from './rules/image.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
  action(event: string, handler: (meta: Row, context: EventContext) => unknown): void;
}

/** How something was described before a request changed it, and how many entries it had then. */
interface Noted extends Description {
  nth: number;
}

/** What a request has noted: by collection what stood there, by table and item. */
type Notes = Map<string, Map<string, Noted>>;

/** Requests that are kept in mind; what is noted is used within the same request. */
const MOST = 200;

function changeOf(was: Image | null, is: Image | null): { action: string; before: Image | null; after: Image | null } | null {
  if (was && is) {
    const changed = difference(was, is);
    return changed && { action: 'update', ...changed };
  }
  return was || is ? { action: is ? 'create' : 'delete', before: was, after: is } : null;
}

/**
 * How fields and collections are described holds rules (required, validation, what is shown): a change of them has an entry that
 * says what stood before and what stands now (SEC-3). The host changes some of it by statements of its own (a group that goes
 * empties the group of its fields), so what is noted and compared is the whole description of the collection.
 *
 * @param isServing whether what the host does without anybody's rights (`/schema/apply`) is logged too, at once after it.
 */
export function logDescriptions(
  { filter, action }: Register,
  { database, logger }: Pick<HostContext, 'database' | 'logger'>,
  journal: Journal,
  isServing: () => boolean,
): WriteStep {
  const requests = new Map<string, Notes>();
  const request = (): string => currentOrigin().requestId ?? '';

  async function look(connection: Knex, names: readonly string[]): Promise<Map<string, Noted>> {
    const standing = [...(await descriptionsOf(connection, names))];
    const noted = new Map<string, Noted>();
    for (const [collection, some] of Map.groupBy(standing, ([, one]) => one.collection)) {
      const items = some.map(([, { item }]) => item);
      const last = await journal.lastOf(connection, collection, items);
      for (const [key, one] of some) noted.set(key, { ...one, nth: last.get(one.item) ?? 0 });
    }
    return noted;
  }

  /** What was noted first stays: later entries bring it forward. Outside of requests nothing tells one write from another. */
  async function note(connection: Knex, names: readonly string[]): Promise<void> {
    const notes: Notes = requests.get(request()) ?? new Map();
    for (const name of new Set(names)) if (!notes.has(name) || !request()) notes.set(name, await look(connection, [name]));
    requests.delete(request());
    requests.set(request(), notes);
    for (const oldest of requests.keys()) if (requests.size > MOST) requests.delete(oldest);
  }

  /** Logs what became of everything that a request has noted and that is not in the log yet. */
  async function settle(connection: Knex, notes: Notes | undefined): Promise<void> {
    if (!notes) return;
    const noted = new Map([...notes.values()].flatMap((one) => [...one]));
    const standing = await descriptionsOf(connection, [...notes.keys()]);
    const differing = [...new Map<string, Description>([...noted, ...standing])].filter(
      ([key]) => changeOf(noted.get(key)?.image ?? null, standing.get(key)?.image ?? null) !== null,
    );
    for (const [collection, some] of Map.groupBy(differing, ([, one]) => one.collection)) {
      const items = some.map(([, { item }]) => item);
      const later = await journal.entriesOf(connection, collection, items);
      const events = some.flatMap(([key, { item }]) => {
        const all: LaterEntry[] = later.get(item) ?? [];
        const was = noted.get(key);
        const before = applied(
          was?.image ?? null,
          all.filter(({ nth }) => nth > (was?.nth ?? 0)),
        );
        const change = changeOf(before, standing.get(key)?.image ?? null);
        return change ? [{ ...change, collection, item, nth: (all.at(-1)?.nth ?? 0) + 1 }] : [];
      });
      await journal.write(connection, events);
    }
  }

  for (const scope of ['fields', 'collections'] as const)
    for (const write of ['create', 'update', 'delete'] as const) {
      filter(`${scope}.${write}`, async (payload: unknown, meta, context) => {
        if (context.accountability || isServing()) await note(context.database, await describedBy(scope, payload, meta, context.database));
        return payload;
      });
      action(`${scope}.${write}`, async (_meta, { accountability }) => {
        if (accountability || !isServing()) return;
        // The host tells of many changes at once: the first that is told logs them all.
        const notes = requests.get(request());
        requests.delete(request());
        await withOrigin(originOfWrite({ user: null, ip: null, userAgent: null }), () => settle(database, notes)).catch((error: unknown) =>
          logger.error(`crm: a change of ${scope} was not logged: ${String(error)}`),
        );
      });
    }

  return {
    name: 'audit/schema',
    collections: [FIELDS, COLLECTIONS_META],
    afterWrite: ({ database: connection }) => settle(connection, requests.get(request())),
  };
}
