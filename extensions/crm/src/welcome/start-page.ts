import type { Knex } from '../platform/api/host.ts';
import { ROLE_IDS, type RoleName } from '../kernel/roles.ts';
import { pageOfBookmark, START_PLACES } from './rules/start-page.ts';

/** The ids under which the two dashboards are installed (`stableId('dashboard:…')`). */
export const DASHBOARD_IDS = {
  segment: 'c220083c-b2a8-51d2-80c1-e5d61a3fc3a7',
  group: 'fa0c43a5-4b2b-5fe7-9447-bdf662dda590',
} as const;

/** The page of the Studio at which a role starts. The host numbers bookmarks itself, so theirs are looked up. */
export async function findStartPage(database: Knex, role: RoleName): Promise<string> {
  const place = START_PLACES[role];
  if ('dashboard' in place) return `/insights/${DASHBOARD_IDS[place.dashboard]}`;
  const preset = await database('directus_presets')
    .where({ role: ROLE_IDS[role], collection: place.collection, bookmark: place.bookmark })
    .whereNull('user')
    .first('id');
  return pageOfBookmark(place.collection, preset?.id ?? null);
}
