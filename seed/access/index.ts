import type { SeedPart } from '../installer/parts.ts';
import { GROUP_COMPANY_ROW, GROUP_POOL_ROW } from './group-pool.ts';
import { accessRows, type FieldGrant } from './matrix.ts';

/** The group pool, roles, policies and rules for the installer, in the order in which one needs the other; `grants` are the admin's own fields. */
export function accessParts(grants: readonly FieldGrant[]): SeedPart[] {
  const { roles, policies, access, permissions } = accessRows(grants);
  return [
    { kind: 'rows', name: 'group-company', collection: 'crm_companies', policy: 'insert-missing', rows: [GROUP_COMPANY_ROW] },
    { kind: 'rows', name: 'group-pool', collection: 'crm_segments', policy: 'insert-missing', rows: [GROUP_POOL_ROW] },
    { kind: 'rows', name: 'roles', collection: 'directus_roles', policy: 'exact', rows: roles },
    { kind: 'rows', name: 'policies', collection: 'directus_policies', policy: 'exact', rows: policies },
    { kind: 'rows', name: 'access', collection: 'directus_access', policy: 'exact', rows: access },
    {
      kind: 'rows',
      name: 'permissions',
      collection: 'directus_permissions',
      policy: 'exact',
      key: ['policy', 'collection', 'action'],
      rows: permissions.map((permission) => ({ ...permission })),
    },
  ];
}
