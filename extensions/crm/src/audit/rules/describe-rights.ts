import type { Image } from './image.ts';
import type { RightsState } from './rights.ts';

export interface Rule {
  /** The row's key: a policy may have several rules for one collection and action. */
  id: string;
  collection: string;
  action: string;
  permissions: unknown;
  validation: unknown;
  presets: unknown;
  fields: unknown;
}

/** What holding a policy gives besides its rules. */
export interface Holding {
  id: string;
  name: string;
  admin_access: boolean;
  app_access: boolean;
  enforce_tfa: boolean;
  /** The addresses it holds from; null: from everywhere. */
  ip_access: unknown;
}

/** A policy of a role, or of a role above it. */
export interface RolePolicy extends Holding {
  /** The role above that holds it; null where the role itself does. */
  inherited_from: string | null;
  rules: Rule[];
}

/** Who holds a policy: a role, a person, or everybody without a log-in. */
export interface Holder {
  kind: 'role' | 'user' | 'public';
  id: string | null;
  name: string;
}

export interface PolicyThen extends Holding {
  holders: Holder[];
  rules: Rule[];
}

export interface RoleThen {
  id: string;
  name: string;
  parent: string | null;
  policies: RolePolicy[];
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
  /** Whether the person may do everything, by whatever policy. */
  admin_access: boolean;
  /** Policies that the person holds besides those of the role. */
  policies: Holding[];
  /** Policies that the role gives, and the roles above it. */
  role_policies: (Holding & { inherited_from: string | null })[];
}

export interface RightsThen {
  users: PersonThen[];
  roles: RoleThen[];
  policies: PolicyThen[];
}

const rowsOf = (state: RightsState, collection: string): Image[] => Object.values(state[collection] ?? {});
const text = (value: unknown): string | null => (typeof value === 'string' && value ? value : null);
const byName = <T extends { name: string; id: string | null }>(one: T, other: T) =>
  `${one.name}${one.id}` < `${other.name}${other.id}` ? -1 : 1;
const nameOf = (person: Image): string => [person['first_name'], person['last_name']].map(text).filter(Boolean).join(' ');
const withoutRules = <T extends { rules: Rule[] }>({ rules: _rules, ...policy }: T): Omit<T, 'rules'> => policy;

interface Policy extends Holding {
  rules: Rule[];
}

/** The standing policies with their rules; a rule whose policy is gone by then is nobody's. */
function policiesOf(state: RightsState): Map<string, Policy> {
  const rules = Map.groupBy(rowsOf(state, 'directus_permissions'), (row) => String(row['policy']));
  const ruleOf = ({ id, collection, action, permissions, validation, presets, fields }: Image): Rule => ({
    id: String(id),
    collection: String(collection),
    action: String(action),
    permissions: permissions ?? null,
    validation: validation ?? null,
    presets: presets ?? null,
    fields: fields ?? null,
  });
  const sortKey = ({ collection, action, id }: Rule) => `${collection}.${action}.${id.padStart(12, '0')}`;
  const policy = (row: Image): Policy => ({
    id: String(row['id']),
    name: text(row['name']) ?? '',
    admin_access: row['admin_access'] === true,
    app_access: row['app_access'] === true,
    enforce_tfa: row['enforce_tfa'] === true,
    ip_access: row['ip_access'] ?? null,
    rules: (rules.get(String(row['id'])) ?? []).map(ruleOf).sort((one, other) => (sortKey(one) < sortKey(other) ? -1 : 1)),
  });
  return new Map(rowsOf(state, 'directus_policies').map((row) => [String(row['id']), policy(row)]));
}

/** A role and the roles above it, nearest first, as the host walks them. */
function chainOf(role: string, parents: ReadonlyMap<string, string | null>): string[] {
  const chain: string[] = [];
  for (let at: string | null = role; at && parents.has(at) && !chain.includes(at); at = parents.get(at) ?? null) chain.push(at);
  return chain;
}

/** What a role, or a person besides the role, holds. */
type HeldBy = (column: 'role' | 'user', id: string) => Policy[];

function rolesOf(state: RightsState, heldBy: HeldBy): RoleThen[] {
  const rows = rowsOf(state, 'directus_roles');
  const parents = new Map(rows.map((row) => [String(row['id']), text(row['parent'])]));
  const policiesOf = (id: string): RolePolicy[] =>
    chainOf(id, parents).flatMap((holder) =>
      heldBy('role', holder).map((policy) => ({ ...policy, inherited_from: holder === id ? null : holder })),
    );
  return rows.map((row) => {
    const id = String(row['id']);
    return { id, name: text(row['name']) ?? '', parent: parents.get(id) ?? null, policies: policiesOf(id) };
  });
}

function peopleOf(state: RightsState, heldBy: HeldBy, roles: ReadonlyMap<string, RoleThen>): PersonThen[] {
  const managed = Map.groupBy(rowsOf(state, 'crm_user_segments'), (row) => String(row['crm_user']));
  return rowsOf(state, 'directus_users').map((row) => {
    const id = String(row['id']);
    const role = text(row['role']);
    const own = heldBy('user', id).map(withoutRules);
    const given = ((role && roles.get(role)?.policies) || []).map(withoutRules);
    return {
      id,
      name: nameOf(row),
      email: text(row['email']),
      status: text(row['status']),
      role,
      role_name: (role && roles.get(role)?.name) ?? null,
      segment: text(row['crm_segment']),
      managed_segments: (managed.get(id) ?? []).map((link) => String(link['crm_segment'])).sort(),
      admin_access: [...own, ...given].some(({ admin_access: admin }) => admin),
      policies: own,
      role_policies: given,
    };
  });
}

/** The state in the words of people, roles and policies. */
export function describeRights(state: RightsState): RightsThen {
  const policies = policiesOf(state);
  const access = rowsOf(state, 'directus_access');
  const heldBy: HeldBy = (column, id) =>
    access
      .filter((row) => row[column] === id)
      .flatMap((row) => policies.get(String(row['policy'])) ?? [])
      .sort(byName);
  const roles = rolesOf(state, heldBy);
  const rolesById = new Map(roles.map((role) => [role.id, role]));
  const users = peopleOf(state, heldBy, rolesById);
  const people = new Map(users.map(({ id, name, email }) => [id, name || (email ?? id)]));
  const holderOf = (row: Image): Holder[] => {
    const [role, user] = [text(row['role']), text(row['user'])];
    if (role) return rolesById.has(role) ? [{ kind: 'role', id: role, name: rolesById.get(role)!.name }] : [];
    if (user) return people.has(user) ? [{ kind: 'user', id: user, name: people.get(user)! }] : [];
    return [{ kind: 'public', id: null, name: '' }];
  };
  const held = Map.groupBy(access, (row) => String(row['policy']));
  const described = [...policies.values()].map(({ rules, ...policy }): PolicyThen => ({
    ...policy,
    holders: (held.get(policy.id) ?? []).flatMap(holderOf).sort(byName),
    rules,
  }));
  return { users: users.sort(byName), roles: roles.sort(byName), policies: described.sort(byName) };
}
