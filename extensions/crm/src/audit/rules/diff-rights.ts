import { canonical } from './canonical.ts';
import type { PolicyThen, RightsThen } from './describe-rights.ts';

/** One thing about a person, a role, a policy or a rule that is not as it was. */
export interface RightsChange {
  kind: 'user' | 'role' | 'policy' | 'rule';
  /** The person's, role's, policy's or rule's id. */
  id: string;
  /** For people: the name or e-mail address; for rules `policy · collection.action`. */
  name: string;
  change: 'added' | 'removed' | 'changed';
  fields: { field: string; before: unknown; after: unknown }[];
}

interface Named {
  id: string;
  name: string;
  values: Record<string, unknown>;
}

const COMPARED = ['email', 'status', 'role', 'segment', 'managed_segments', 'admin_access'] as const;
const ids = (policies: readonly { id: string }[]): string[] => policies.map(({ id }) => id).sort();

const peopleOf = ({ users }: RightsThen): Named[] =>
  users.map((user) => ({
    id: user.id,
    name: user.name || (user.email ?? user.id),
    values: { ...Object.fromEntries(COMPARED.map((field) => [field, user[field]])), policies: ids(user.policies) },
  }));

const rolesOf = ({ roles }: RightsThen): Named[] =>
  roles.map(({ id, name, parent, policies }) => ({ id, name, values: { name, parent, policies: ids(policies) } }));

/** Holders by id: who is renamed holds no more than before. */
const holdersOf = ({ holders }: PolicyThen): string[] => holders.map(({ kind, id }) => id ?? kind).sort();

const policiesOf = ({ policies }: RightsThen): Named[] =>
  policies.map((policy) => {
    const { id, name, admin_access, app_access, enforce_tfa, ip_access } = policy;
    return { id, name, values: { name, admin_access, app_access, enforce_tfa, ip_access, holders: holdersOf(policy) } };
  });

/** A rule has no name of its own; it is known by its key, since a policy may have two for the same collection and action. */
const rulesOf = ({ policies }: RightsThen): Named[] =>
  policies.flatMap((policy) =>
    policy.rules.map(({ id, ...values }) => ({
      id,
      name: `${policy.name} · ${values.collection}.${values.action}`,
      values: { policy: policy.id, ...values },
    })),
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

/** What changed between two moments: people, roles, policies and their rules (SEC-3). */
export const diffRights = (before: RightsThen, after: RightsThen): RightsChange[] => [
  ...compare('user', peopleOf(before), peopleOf(after)),
  ...compare('role', rolesOf(before), rolesOf(after)),
  ...compare('policy', policiesOf(before), policiesOf(after)),
  ...compare('rule', rulesOf(before), rulesOf(after)),
];

/** What the ids in changes were called, the later name where there are two. */
export const namesOfRights = (...moments: readonly RightsThen[]): Record<string, string> =>
  Object.fromEntries(
    moments.flatMap(({ users, roles, policies }) =>
      [...users, ...roles, ...policies].map((one) => [one.id, one.name || ('email' in one ? (one.email ?? '') : '')]),
    ),
  );
