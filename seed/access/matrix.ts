import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import { ROLE_NAMES, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { ACTIONS, decisionOf, type Action } from './decisions.ts';
import { grantedFields, type FieldGrant } from './field-grants.ts';
import { fieldsOf } from './field-lists.ts';
import { hostCells, type HostCell } from './host-collections.ts';
import { ACCESS_ROWS, ALL_POLICY_ROWS, AUDITOR_POLICY_ID, policyIdOf, ROLE_ROWS } from './identities.ts';
import { HOME, isSegmentRole, rowRule, SELF, type Reach, type RowFilter } from './row-rules.ts';

export type { FieldGrant } from './field-grants.ts';

/** A row of the host's directus_permissions; `policy`, `collection` and `action` together name it. */
export interface PermissionRow {
  policy: string;
  collection: string;
  action: Action;
  permissions: RowFilter;
  validation: RowFilter;
  presets: Record<string, unknown> | null;
  fields: string[];
}

export interface AccessRows {
  roles: typeof ROLE_ROWS;
  policies: typeof ALL_POLICY_ROWS;
  access: typeof ACCESS_ROWS;
  permissions: PermissionRow[];
}

const permissionRow = (role: RoleName, collection: string, cell: HostCell): PermissionRow => ({
  policy: policyIdOf(role),
  collection,
  action: cell.action,
  permissions: cell.permissions ?? null,
  validation: cell.validation ?? null,
  presets: cell.presets ?? null,
  fields: [...cell.fields],
});

/** What a new row gets where the caller sends nothing, so that rules hold even without our code running (F46). */
function presetsOf(role: RoleName, collection: string): Record<string, unknown> | null {
  const { tenancy, fields } = COLLECTIONS[collection]!;
  if (!isSegmentRole(role) || (tenancy !== 'owned' && tenancy !== 'segmental')) return null;
  return fields['owner'] ? { segment: HOME, owner: SELF } : { segment: HOME };
}

function businessRow(role: RoleName, collection: string, action: Action, reach: Reach, grants: readonly FieldGrant[]): PermissionRow {
  if (reach === 'none' || reach === 'limited') throw new Error(`No row rule for ${reach} on ${collection}`);
  const rule = rowRule(role, reach);
  const fields = [...fieldsOf(role, collection, action), ...grantedFields(grants, role, collection, action)];
  return permissionRow(role, collection, {
    action,
    fields,
    permissions: action === 'create' ? null : rule,
    validation: action === 'create' ? rule : null,
    presets: action === 'create' ? presetsOf(role, collection) : null,
  });
}

function permissionsOf(role: RoleName, grants: readonly FieldGrant[]): PermissionRow[] {
  const ours = Object.keys(COLLECTIONS).flatMap((collection) => {
    const decision = decisionOf(role, collection);
    return ACTIONS.filter((action) => decision[action] !== 'none').map((action) =>
      businessRow(role, collection, action, decision[action], grants),
    );
  });
  const host = Object.entries(hostCells(role)).flatMap(([collection, cells]) => cells.map((cell) => permissionRow(role, collection, cell)));
  return [...ours, ...host];
}

/** Every row of the log, and no row of anything else. */
const auditorRows = (): PermissionRow[] =>
  Object.keys(COLLECTIONS)
    .filter((collection) => COLLECTIONS[collection]!.tenancy === 'log')
    .map((collection) => ({
      policy: AUDITOR_POLICY_ID,
      collection,
      action: 'read',
      permissions: null,
      validation: null,
      presets: null,
      fields: fieldsOf('system_admin', collection, 'read'),
    }));

/**
 * The one access matrix (design.md 2), as the rows that the host stores: exactly one permission row per policy,
 * collection and action. `grants` are the admin's own fields; they can widen nothing else.
 */
export function accessRows(grants: readonly FieldGrant[] = []): AccessRows {
  return {
    roles: ROLE_ROWS,
    policies: ALL_POLICY_ROWS,
    access: ACCESS_ROWS,
    permissions: [...ROLE_NAMES.flatMap((role) => permissionsOf(role, grants)), ...auditorRows()],
  };
}

/** How much of any collection a role reads, in the guard's words; what the matrix does not name is `none`. */
export function readReachOf(role: RoleName, collection: string): Reach {
  if (COLLECTIONS[collection]) return decisionOf(role, collection).read;
  const cell = hostCells(role)[collection]?.find(({ action }) => action === 'read');
  if (!cell) return 'none';
  return cell.permissions ? 'limited' : 'all';
}
