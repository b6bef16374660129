import type { EventContext, Row, SchemaOverview } from '../platform/api/host.ts';
import { coverPage, coverView, listsOfOurs } from './rules/saved-view.ts';

interface Register {
  filter(event: string, handler: (payload: never, meta: Row, context: EventContext) => unknown): void;
}

/**
 * The Studio keeps what was typed into a list's search with the person's view of that list, half a second later and unasked. A
 * whole number or address is used for this look and not kept; one that is compared with in a saved filter becomes its mask,
 * which is all that stands there to be compared with (SEC-1). Views of lists of others stay as they are.
 */
export function coverSavedViews({ filter }: Register): void {
  filter('presets.create', (view: Row, _meta, { schema }) => (isOurs(schema)(view['collection']) ? coverView(view) : view));
  filter('presets.update', async (view: Row, { keys }, { schema, database }) => {
    if (!view['search'] && !view['filter']) return view;
    const standing: unknown[] = view['collection']
      ? [view['collection']]
      : await database('directus_presets')
          .whereIn('id', keys as number[])
          .pluck('collection');
    return standing.some(isOurs(schema)) ? coverView(view) : view;
  });
}

const isOurs = (schema: Pick<SchemaOverview, 'relations'> | null) => listsOfOurs(schema?.relations ?? []);

/** The host keeps the last page that a person had open, with what was searched for in it. */
export function coverKeptAddresses({ filter }: Register): void {
  const cover = (user: Row, _meta: Row, { schema }: EventContext): Row =>
    typeof user['last_page'] === 'string' ? { ...user, last_page: coverPage(user['last_page'], isOurs(schema)) } : user;
  filter('users.create', cover);
  filter('users.update', cover);
}
