import { COLLECTIONS } from '../../../kernel/collections.ts';
import { ROLE_NAMES, type RoleName } from '../../../kernel/roles.ts';
import { finding, type Finding } from './finding.ts';
import type { ExpectedAccess, PermissionRow } from './stored-access.ts';

/** The written extension of the matrix: one of the administrator's own fields, opened to one role. */
export interface FieldGrant {
  collection: string;
  field: string;
  role: string;
  can_read: boolean;
  can_create: boolean;
  can_update: boolean;
}

/** A field on one of our collections that is not ours: what a grant may name. `target` is where a relation leads. */
export interface CustomField {
  collection: string;
  field: string;
  type: string;
  target: string | null;
}

export type GrantRefusal = 'not_a_crm_collection' | 'our_own_field' | 'no_such_field' | 'dangerous_relation' | 'no_such_role';

const isHostOrOurs = (collection: string) => collection.startsWith('crm_') || collection.startsWith('directus_');

/**
 * Why a grant may not be given, or null. Our own fields are the matrix's alone; a field that is a list, or that leads to
 * one of our collections or the host's, would open a second way to rows that the row rules do not watch.
 */
export function refuseGrant(grant: Pick<FieldGrant, 'collection' | 'field' | 'role'>, fields: readonly CustomField[]): GrantRefusal | null {
  const model = COLLECTIONS[grant.collection];
  if (!model || model.tenancy === 'internal' || model.tenancy === 'log') return 'not_a_crm_collection';
  if (grant.field in model.fields || grant.field in model.lists) return 'our_own_field';
  const field = fields.find((known) => known.collection === grant.collection && known.field === grant.field);
  if (!field) return 'no_such_field';
  if (field.type === 'alias' || (field.target !== null && isHostOrOurs(field.target))) return 'dangerous_relation';
  return ROLE_NAMES.includes(grant.role as RoleName) ? null : 'no_such_role';
}

const SWITCHES = { read: 'can_read', create: 'can_create', update: 'can_update' } as const;
type Granted = keyof typeof SWITCHES;

const isGranted = (grant: FieldGrant, action: string) => action in SWITCHES && grant[SWITCHES[action as Granted]];

/** One permission row with the fields that the grants for its role and collection add to it. */
export function extendFields(row: PermissionRow, role: string, grants: readonly FieldGrant[]): PermissionRow {
  if (!row.fields || row.fields.includes('*')) return row;
  const more = grants.filter((grant) => grant.role === role && grant.collection === row.collection && isGranted(grant, row.action));
  return more.length ? { ...row, fields: [...new Set([...row.fields, ...more.map((grant) => grant.field)])] } : row;
}

/** The matrix plus the grants that may stand; those that may not are reported and grant nothing. */
export function extendAccess(
  expected: ExpectedAccess,
  grants: readonly FieldGrant[],
  fields: readonly CustomField[],
): { expected: ExpectedAccess; findings: Finding[] } {
  const valid: FieldGrant[] = [];
  const findings: Finding[] = [];
  for (const grant of grants) {
    const reason = refuseGrant(grant, fields);
    const { collection, field, role } = grant;
    if (reason) findings.push(finding('grant_void', `${role}.${collection}.${field}`, { role, collection, field, reason }));
    else valid.push(grant);
  }
  const roleOfPolicy = new Map(expected.access.map((row) => [row.policy, expected.roles.find((role) => role.id === row.role)?.name ?? '']));
  const permissions = expected.permissions.map((row) => extendFields(row, roleOfPolicy.get(row.policy) ?? '', valid));
  return { expected: { ...expected, permissions }, findings };
}
