import { canonical } from './canonical.ts';
import type { RightsThen } from './rights.ts';

/** One thing about a person or a role that is not as it was. */
export interface RightsChange {
  kind: 'user' | 'role' | 'rule';
  /** Whose: the person's or role's id. */
  id: string;
  /** For people: the name and e-mail address; for rules `role · collection.action`. */
  name: string;
  change: 'added' | 'removed' | 'changed';
  fields: { field: string; before: unknown; after: unknown }[];
}

interface Named {
  id: string;
  name: string;
  values: Record<string, unknown>;
}

const COMPARED = ['email', 'status', 'role_name', 'segment', 'managed_segments', 'policies'] as const;

const peopleOf = ({ users }: RightsThen): Named[] =>
  users.map((user) => ({
    id: user.id,
    name: user.name || (user.email ?? user.id),
    values: Object.fromEntries(
      COMPARED.map((field) => [field, field === 'policies' ? user.policies.map(({ name }) => name) : user[field]]),
    ),
  }));

const rolesOf = ({ roles }: RightsThen): Named[] =>
  roles.map(({ id, name, parent, policies }) => ({
    id,
    name,
    values: { name, parent, policies: policies.map((policy) => [policy.name, policy.admin_access, policy.app_access]) },
  }));

/** A rule has no name of its own: it is one role's for one collection and action. */
const rulesOf = ({ roles }: RightsThen): Named[] =>
  roles.flatMap((role) =>
    role.policies.flatMap((policy) =>
      policy.rules.map(({ collection, action, ...values }) => ({
        id: `${role.id}/${policy.id}/${collection}/${action}`,
        name: `${role.name} · ${collection}.${action}`,
        values,
      })),
    ),
  );

function compare(kind: RightsChange['kind'], before: readonly Named[], after: readonly Named[]): RightsChange[] {
  const was = new Map(before.map((one) => [one.id, one]));
  const is = new Map(after.map((one) => [one.id, one]));
  const changes: RightsChange[] = [];
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, now] = [was.get(id), is.get(id)];
    const names = Object.keys({ ...old?.values, ...now?.values });
    const fields = names
      .map((field) => ({ field, before: old?.values[field] ?? null, after: now?.values[field] ?? null }))
      .filter((one) => canonical(one.before) !== canonical(one.after));
    const change = !old ? 'added' : !now ? 'removed' : 'changed';
    if (change !== 'changed' || fields.length) changes.push({ kind, id, name: (now ?? old)!.name, change, fields });
  }
  return changes;
}

/** What changed between two moments: people, roles and their rules (SEC-3). */
export const diffRights = (before: RightsThen, after: RightsThen): RightsChange[] => [
  ...compare('user', peopleOf(before), peopleOf(after)),
  ...compare('role', rolesOf(before), rolesOf(after)),
  ...compare('rule', rulesOf(before), rulesOf(after)),
];
