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

/** The state after `entries`, which come in order: "who had what on day D" (SEC-3). */
export function replay(base: RightsState, entries: readonly RightsEntry[]): RightsState {
  const state: RightsState = Object.fromEntries(Object.entries(base).map(([collection, rows]) => [collection, { ...rows }]));
  for (const { collection, item, action, after } of entries) {
    const rows = (state[collection] ??= {});
    if (action === 'delete' || (action === 'observed' && !after)) delete rows[item];
    else if (after) rows[item] = { ...rows[item], ...rightsImage(collection, { ...rows[item], ...after }) };
  }
  return state;
}

export interface Rule {
  collection: string;
  action: string;
  permissions: unknown;
  validation: unknown;
  presets: unknown;
  fields: unknown;
}

export interface Holding {
  id: string;
  name: string;
  admin_access: boolean;
  app_access: boolean;
  rules: Rule[];
}

export interface RoleThen {
  id: string;
  name: string;
  parent: string | null;
  policies: Holding[];
}

export interface PersonThen {
  id: string;
  name: string;
  email: string | null;
  status: string | null;
  role: string | null;
  role_name: string | null;
  segment: string | null;
  managed_segments: string[];
  /** Policies that the person holds besides those of the role. */
  policies: Omit<Holding, 'rules'>[];
}

export interface RightsThen {
  users: PersonThen[];
  roles: RoleThen[];
}

const rowsOf = (state: RightsState, collection: string): Image[] => Object.values(state[collection] ?? {});
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
const byName = <T extends { name: string; id: string }>(one: T, other: T) => (one.name + one.id < other.name + other.id ? -1 : 1);

function holdingsOf(state: RightsState): Map<string, Holding> {
  const rules = Map.groupBy(rowsOf(state, 'directus_permissions'), (row) => String(row['policy']));
  const holding = (row: Image): Holding => ({
    id: String(row['id']),
    name: text(row['name']) ?? '',
    admin_access: row['admin_access'] === true,
    app_access: row['app_access'] === true,
    rules: (rules.get(String(row['id'])) ?? [])
      .map(({ collection, action, permissions, validation, presets, fields }) => ({
        collection: String(collection),
        action: String(action),
        permissions: permissions ?? null,
        validation: validation ?? null,
        presets: presets ?? null,
        fields: fields ?? null,
      }))
      .sort((one, other) => (one.collection + one.action < other.collection + other.action ? -1 : 1)),
  });
  return new Map(rowsOf(state, 'directus_policies').map((row) => [String(row['id']), holding(row)]));
}

/** The state in the words of people and roles; a rule whose policy is gone by then is nobody's. */
export function describeRights(state: RightsState): RightsThen {
  const policies = holdingsOf(state);
  const access = rowsOf(state, 'directus_access');
  const heldBy = (column: 'role' | 'user', id: string): Holding[] =>
    access.filter((row) => row[column] === id).flatMap((row) => policies.get(String(row['policy'])) ?? []);
  const roles = rowsOf(state, 'directus_roles').map((row): RoleThen => {
    const id = String(row['id']);
    return { id, name: text(row['name']) ?? '', parent: text(row['parent']), policies: heldBy('role', id).sort(byName) };
  });
  const names = new Map(roles.map(({ id, name }) => [id, name]));
  const managed = Map.groupBy(rowsOf(state, 'crm_user_segments'), (row) => String(row['crm_user']));
  const users = rowsOf(state, 'directus_users').map((row): PersonThen => {
    const id = String(row['id']);
    const role = text(row['role']);
    return {
      id,
      name: [row['first_name'], row['last_name']].map(text).filter(Boolean).join(' '),
      email: text(row['email']),
      status: text(row['status']),
      role,
      role_name: role && (names.get(role) ?? null),
      segment: text(row['crm_segment']),
      managed_segments: (managed.get(id) ?? []).map((link) => String(link['crm_segment'])).sort(),
      policies: heldBy('user', id).map(({ rules: _rules, ...policy }) => policy),
    };
  });
  return { users: users.sort(byName), roles: roles.sort(byName) };
}
