import { comparePermission } from './compare-permission.ts';
import type { ExpectedAccess, PermissionRow, PolicyRow, StoredAccess, StoredPermission } from './stored-access.ts';

/** One step that brings the stored rights back to the matrix. Closed: the workflow carries out each kind. */
export type RepairStep =
  | { do: 'delete_permission'; id: StoredPermission['id']; row: PermissionRow }
  | { do: 'update_permission'; id: StoredPermission['id']; row: PermissionRow }
  | { do: 'create_permission'; row: PermissionRow }
  | { do: 'delete_access'; id: string }
  | { do: 'create_access'; role: string; policy: string }
  | { do: 'reset_policy'; policy: PolicyRow }
  | { do: 'clear_parent'; role: string };

const keyOf = (row: PermissionRow) => `${row.policy} ${row.collection} ${row.action}`;
const isOurs = (collection: string) => collection.startsWith('crm_');

function repairPermissions(expected: ExpectedAccess, stored: StoredAccess): RepairStep[] {
  const ours = new Set(expected.policies.map((policy) => policy.id));
  const wanted = new Map(expected.permissions.map((row) => [keyOf(row), row]));
  const kept = new Set<string>();
  const steps: RepairStep[] = [];
  for (const row of stored.permissions) {
    const key = keyOf(row);
    const target = wanted.get(key);
    if (!ours.has(row.policy)) {
      if (isOurs(row.collection)) steps.push({ do: 'delete_permission', id: row.id, row });
    } else if (!target) {
      if (isOurs(row.collection) || row.collection.startsWith('directus_')) steps.push({ do: 'delete_permission', id: row.id, row });
    } else if (kept.has(key)) steps.push({ do: 'delete_permission', id: row.id, row });
    else {
      kept.add(key);
      if (comparePermission('', target, row).length) steps.push({ do: 'update_permission', id: row.id, row: target });
    }
  }
  for (const [key, row] of wanted) if (!kept.has(key)) steps.push({ do: 'create_permission', row });
  return steps;
}

function repairHolders(expected: ExpectedAccess, stored: StoredAccess): RepairStep[] {
  const ourRoles = new Set(expected.roles.map((role) => role.id));
  const ourPolicies = new Set(expected.policies.map((policy) => policy.id));
  const people = new Set(stored.holders.filter((user) => user.role && ourRoles.has(user.role)).map((user) => user.id));
  const wanted = new Set(expected.access.map((row) => `${row.role} ${row.policy}`));
  const steps: RepairStep[] = [];
  for (const row of stored.access) {
    const key = `${row.role} ${row.policy}`;
    if (row.user === null && wanted.delete(key)) continue;
    const isOurHolder = row.user ? people.has(row.user) : row.role !== null && ourRoles.has(row.role);
    const mayStand = row.user !== null && expected.personal?.includes(row.policy);
    if (isOurHolder || (ourPolicies.has(row.policy) && !mayStand)) steps.push({ do: 'delete_access', id: row.id });
  }
  const standingRoles = new Set(stored.roles.map((role) => role.id));
  for (const row of expected.access) {
    if (wanted.has(`${row.role} ${row.policy}`) && standingRoles.has(row.role)) steps.push({ do: 'create_access', ...row });
  }
  for (const role of stored.roles) {
    if (role.parent && (ourRoles.has(role.id) || ourRoles.has(role.parent))) steps.push({ do: 'clear_parent', role: role.id });
  }
  return steps;
}

function repairFlags(expected: ExpectedAccess, stored: StoredAccess): RepairStep[] {
  return expected.policies.flatMap((policy) => {
    const found = stored.policies.find((row) => row.id === policy.id);
    const isWider = found && ((found.admin_access && !policy.admin_access) || (found.app_access && !policy.app_access));
    return isWider ? [{ do: 'reset_policy', policy } as const] : [];
  });
}

/** The steps that make every finding of `compareAccess` about our own rights go away; nothing foreign is touched but rows on our collections. */
export function planRepair(expected: ExpectedAccess, stored: StoredAccess): RepairStep[] {
  return [...repairFlags(expected, stored), ...repairHolders(expected, stored), ...repairPermissions(expected, stored)];
}
