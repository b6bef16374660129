import { comparePermission } from './compare-permission.ts';
import { compareRule } from './filter-order.ts';
import { finding, type Finding } from './finding.ts';
import type { ExpectedAccess, PermissionRow, StoredAccess, StoredPermission } from './stored-access.ts';

const keyOf = (row: PermissionRow) => `${row.policy} ${row.collection} ${row.action}`;
const isOurs = (collection: string) => collection.startsWith('crm_');
const isOurGround = (collection: string) => isOurs(collection) || collection.startsWith('directus_');
const PUBLIC = 'public';

function groupByKey(rows: readonly StoredPermission[]): Map<string, StoredPermission[]> {
  const groups = new Map<string, StoredPermission[]>();
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row]);
  return groups;
}

/** The rows of our own policies against the matrix, row by row: exactly one per policy, collection and action (design 2). */
function compareOwnPolicies(expected: ExpectedAccess, stored: StoredAccess, nameOf: (policy: string) => string): Finding[] {
  const ours = new Set(expected.policies.map((policy) => policy.id));
  const groups = groupByKey(stored.permissions.filter((row) => ours.has(row.policy)));
  const findings: Finding[] = [];
  for (const wanted of expected.permissions) {
    const found = groups.get(keyOf(wanted)) ?? [];
    groups.delete(keyOf(wanted));
    const role = nameOf(wanted.policy);
    const path = `${role}.${wanted.collection}.${wanted.action}`;
    const values = { role, collection: wanted.collection, action: wanted.action };
    if (!found.length) findings.push(finding('permission_missing', path, values));
    if (found.length > 1) findings.push(finding('permission_doubled', path, { ...values, count: found.length }));
    for (const row of found) findings.push(...comparePermission(role, wanted, row));
  }
  for (const [extra] of groups.values()) {
    if (!extra || !isOurGround(extra.collection)) continue;
    const role = nameOf(extra.policy);
    const { collection, action } = extra;
    findings.push(finding('permission_extra', `${role}.${collection}.${action}`, { role, collection, action }));
  }
  return findings;
}

/** Collections of the host in which copies of our rows lie: whoever reads them unfiltered reads our customers too. */
const SIDE_PATHS = new Set(['directus_files', 'directus_revisions', 'directus_activity', 'directus_comments', 'directus_versions']);
/** What nobody without a log-in may read besides: our people, and what is written to them or kept for them. */
const PUBLIC_SIDE_PATHS = new Set([...SIDE_PATHS, 'directus_users', 'directus_notifications', 'directus_presets', 'directus_shares']);

/** Policies that are not ours but reach our collections, or one of the host's collections where copies of our rows lie. */
function findForeignPermissions(expected: ExpectedAccess, stored: StoredAccess): Finding[] {
  const ours = new Set(expected.policies.map((policy) => policy.id));
  const all = new Set(stored.policies.filter((policy) => policy.admin_access).map((policy) => policy.id));
  const held = new Set(stored.access.map((row) => row.policy));
  const open = new Set(stored.access.filter((row) => !row.role && !row.user).map((row) => row.policy));
  const names = new Map(stored.policies.map((policy) => [policy.id, policy.name]));
  return stored.permissions.flatMap((row) => {
    // The host does not grant admin access to strangers, but it does grant them such a policy's rows.
    if (ours.has(row.policy) || (all.has(row.policy) && !open.has(row.policy))) return [];
    const policy = open.has(row.policy) ? PUBLIC : (names.get(row.policy) ?? row.policy);
    const path = `${policy}.${row.collection}.${row.action}`;
    const values = { policy, collection: row.collection, action: row.action };
    if (isOurs(row.collection)) return [finding(held.has(row.policy) ? 'permission_foreign' : 'policy_unused', path, values)];
    const sidePaths = open.has(row.policy) ? PUBLIC_SIDE_PATHS : SIDE_PATHS;
    if (!sidePaths.has(row.collection) || row.action === 'create' || !held.has(row.policy)) return [];
    const keepsOff = row.collection === 'directus_files' && compareRule({ segment: { _null: true } }, row.permissions) !== 'wider';
    if (keepsOff) return [];
    const shutsUs = open.has(row.policy) && SIDE_PATHS.has(row.collection);
    return [finding(shutsUs ? 'public_side_path' : 'foreign_side_path', path, values)];
  });
}

/** Who holds which policy: our roles exactly theirs, our policies nobody else, our people none of their own, no parents. */
function compareHolders(expected: ExpectedAccess, stored: StoredAccess): Finding[] {
  const roleNames = new Map(stored.roles.map((role) => [role.id, role.name]));
  const ourRoles = new Map(expected.roles.map((role) => [role.id, role.name]));
  const ourPolicies = new Map(expected.policies.map((policy) => [policy.id, policy.name]));
  const policyName = (id: string) => ourPolicies.get(id) ?? stored.policies.find((policy) => policy.id === id)?.name ?? id;
  const people = new Map(stored.holders.map((user) => [user.id, user]));
  const wanted = new Set(expected.access.map((row) => `${row.role} ${row.policy}`));
  const seen = new Set<string>();
  const findings: Finding[] = [];

  for (const row of stored.access) {
    const policy = policyName(row.policy);
    if (row.user) {
      const user = people.get(row.user);
      const isOurPerson = Boolean(user?.role && ourRoles.has(user.role));
      if (isOurPerson || (ourPolicies.has(row.policy) && !expected.personal?.includes(row.policy)))
        findings.push(finding('user_policy', `user.${policy}`, { user: user?.email ?? row.user, policy }));
      continue;
    }
    const key = `${row.role} ${row.policy}`;
    if (wanted.has(key)) {
      seen.add(key);
      continue;
    }
    if (!(row.role && ourRoles.has(row.role)) && !ourPolicies.has(row.policy)) continue;
    const holder = row.role ? (ourRoles.get(row.role) ?? roleNames.get(row.role) ?? row.role) : PUBLIC;
    findings.push(finding('access_extra', `${holder}.${policy}`, { holder, policy }));
  }
  for (const { role, policy } of expected.access) {
    if (seen.has(`${role} ${policy}`)) continue;
    const name = ourRoles.get(role) ?? role;
    findings.push(finding('access_missing', `${name}.${policyName(policy)}`, { role: name, policy: policyName(policy) }));
  }
  for (const role of stored.roles) {
    if (!role.parent || !(ourRoles.has(role.id) || ourRoles.has(role.parent))) continue;
    const parent = roleNames.get(role.parent) ?? role.parent;
    findings.push(finding('role_parent', `${role.name}.parent`, { role: role.name, parent }));
  }
  return findings;
}

function compareFlags(expected: ExpectedAccess, stored: StoredAccess): Finding[] {
  const standing = new Map(stored.policies.map((policy) => [policy.id, policy]));
  const roles = new Set(stored.roles.map((role) => role.id));
  const flags = ['admin_access', 'app_access'] as const;
  return [
    ...expected.roles.filter((role) => !roles.has(role.id)).map((role) => finding('role_missing', role.name, { role: role.name })),
    ...expected.policies.flatMap((policy) => {
      const found = standing.get(policy.id);
      if (!found) return [finding('policy_missing', policy.name, { policy: policy.name })];
      return flags
        .filter((flag) => found[flag] && !policy[flag])
        .map((flag) => finding('policy_flag', `${policy.name}.${flag}`, { policy: policy.name, flag }));
    }),
  ];
}

/** Whoever registers without being asked must not become one of our people, past every headcount (ORG-7). */
function compareRegistration(expected: ExpectedAccess, { registrationRole }: StoredAccess): Finding[] {
  const role = expected.roles.find(({ id }) => id === registrationRole);
  return role ? [finding('open_registration', 'settings.public_registration_role', { role: role.name })] : [];
}

/** Everything in which the stored rights differ from the matrix (design 3, F1). Pure: the same rows, the same findings. */
export function compareAccess(expected: ExpectedAccess, stored: StoredAccess): Finding[] {
  const roleOfPolicy = new Map(expected.access.map((row) => [row.policy, expected.roles.find((role) => role.id === row.role)?.name]));
  const policyNames = new Map(expected.policies.map((policy) => [policy.id, policy.name]));
  const nameOf = (policy: string) => roleOfPolicy.get(policy) ?? policyNames.get(policy) ?? policy;
  return [
    ...compareFlags(expected, stored),
    ...compareHolders(expected, stored),
    ...compareRegistration(expected, stored),
    ...compareOwnPolicies(expected, stored, nameOf),
    ...findForeignPermissions(expected, stored),
  ];
}
