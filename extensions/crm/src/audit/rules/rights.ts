import type { Image } from './image.ts';

/** The host's collections, and ours, that say who may do what. */
export const RIGHTS_COLLECTIONS = [
  'directus_users',
  'crm_user_segments',
  'directus_roles',
  'directus_policies',
  'directus_access',
  'directus_permissions',
] as const;

/** Of a person only what bears on rights: a new password is no change of what somebody may do. */
export const OF_PEOPLE = [
  'id',
  'email',
  'first_name',
  'last_name',
  'role',
  'status',
  'crm_segment',
  'crm_company',
  'crm_team',
  'crm_position',
];

export const rightsImage = (collection: string, image: Image): Image =>
  collection === 'directus_users' ? Object.fromEntries(OF_PEOPLE.map((name) => [name, image[name] ?? null])) : image;

/** Rows by collection and key; plain, so that it can stand in the summary of a purge. */
export type RightsState = Record<string, Record<string, Image>>;

export interface RightsEntry {
  collection: string;
  item: string;
  action: string;
  after: Image | null;
}

/**
 * The state after `entries`: "who had what on day D" (SEC-3). The entries of one row come in the order of their numbers, not
 * of their moments: a clock may have been set back in between. How rows follow each other says nothing.
 */
export function replay(base: RightsState, entries: readonly RightsEntry[]): RightsState {
  const state: RightsState = Object.fromEntries(Object.entries(base).map(([collection, rows]) => [collection, { ...rows }]));
  for (const { collection, item, action, after } of entries) {
    const rows = (state[collection] ??= {});
    if (action === 'delete' || (action === 'observed' && !after)) delete rows[item];
    else if (after) rows[item] = { ...rows[item], ...rightsImage(collection, { ...rows[item], ...after }) };
  }
  return state;
}
