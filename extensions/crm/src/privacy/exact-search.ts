import type { Express, NextFunction, Request, Response } from 'express';
import { loadActor } from '../platform/api/actor.ts';
import type { Accountability, EventContext, HostContext, Row, SchemaOverview } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import { bearersFinder, type Lookup } from './find-bearers.ts';
import { privacyRefusal } from './refuse.ts';
import { readSearchTerm, withFound } from './rules/search-term.ts';
import { SEALED_COLLECTIONS } from './rules/sealed-fields.ts';
import { MOST_SEARCHES } from './search-limit.ts';

interface HostRequest extends Request {
  accountability?: Accountability;
  schema: SchemaOverview;
  /** Frozen by the host. */
  sanitizedQuery: Readonly<Row>;
}

interface Register {
  init(event: string, handler: (meta: { app: Express }) => void): void;
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

export interface SearchPorts {
  keys: Keys;
  /** Whether a person may look for one more number today. */
  mayLookFor(user: string, term: string): Promise<boolean>;
  /** Whether the caller's role reads every row of a collection. */
  readsAll(accountability: Accountability, collection: string): boolean;
}

/**
 * A search that is a whole phone number or e-mail address becomes the rows that bear it (Q7, design.md 4), by the keyed
 * index and only among those that the caller may read. Lists of REST are turned before the host builds the query, so that
 * its counts agree; whatever else reads items, GraphQL first of all, when the host announces the query. Any other search is
 * the host's and sees masks.
 */
export function registerExactSearch({ init, filter }: Register, { database, services }: HostContext, ports: SearchPorts): void {
  const { keys, mayLookFor, readsAll } = ports;
  const find = bearersFinder(services, readsAll);

  /** The ids that the search means; null where it is none of ours. */
  async function idsFor(search: unknown, lookup: Omit<Lookup, 'ring' | 'term'>): Promise<string[] | null> {
    const term = readSearchTerm(search);
    const ring = term && keys.ring();
    if (!ring?.accepted) return null;
    const { accountability } = lookup;
    if (accountability.user && !(await mayLookFor(accountability.user, `${term!.mask} ${term!.value}`))) {
      const actor = await loadActor(lookup.database, accountability);
      throw privacyRefusal('search_stop', actor?.language, { most: MOST_SEARCHES });
    }
    return find({ ...lookup, ring: ring.value, term: term! });
  }

  async function turn(request: HostRequest): Promise<void> {
    const { accountability, schema } = request;
    const collection = request.params['collection'] ?? '';
    const isList = request.path === '/' && (request.method === 'GET' || request.method === 'SEARCH');
    if (!isList || !SEALED_COLLECTIONS.includes(collection) || !accountability) return;
    const body = request.method === 'SEARCH' ? queryIn(request.body) : null;
    const ids = await idsFor((body ?? request.sanitizedQuery)['search'], { database, schema, accountability, collection });
    if (!ids) return;
    if (body) (request.body as Row)['query'] = withFound(body, ids);
    else request.sanitizedQuery = Object.freeze(withFound(request.sanitizedQuery, ids));
  }

  init('routes.before', ({ app }) => {
    app.use('/items/:collection', (request: Request, _response: Response, next: NextFunction) => {
      Promise.resolve()
        .then(() => turn(request as HostRequest))
        .then(() => next())
        .catch(next);
    });
  });
  filter('items.query', async (query: Row, { collection }, { accountability, schema, database: connection }) => {
    if (!query['search'] || !accountability || !schema || !SEALED_COLLECTIONS.includes(String(collection))) return query;
    const ids = await idsFor(query['search'], { database: connection, schema, accountability, collection: String(collection) });
    return ids ? withFound(query, ids) : query;
  });
}

/** The query in the body of a SEARCH; its filter may come as text. */
function queryIn(body: unknown): Row | null {
  const query = (body as Row | undefined)?.['query'];
  if (typeof query !== 'object' || query === null) return null;
  const { filter, ...rest } = query as Row;
  if (typeof filter !== 'string') return query as Row;
  try {
    return { ...rest, filter: JSON.parse(filter) as unknown };
  } catch {
    return null;
  }
}
