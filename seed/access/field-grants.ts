import { COLLECTIONS } from '../../extensions/crm/src/kernel/collections.ts';
import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import type { Action } from './decisions.ts';

/** A row of crm_field_grants: an admin's own field on one of our collections, granted to a role. */
export interface FieldGrant {
  collection: string;
  field: string;
  role: RoleName;
  can_read: boolean;
  can_create: boolean;
  can_update: boolean;
}

/**
 * Whether a grant may widen the matrix: only fields that the admin added. A field of ours is decided above, else a row
 * of configuration would hand out `segment` or `owner`.
 */
function isOwnField({ collection, field }: FieldGrant): boolean {
  const info = COLLECTIONS[collection];
  return (
    Boolean(info) &&
    !['internal', 'log'].includes(info!.tenancy) &&
    !(field in info!.fields) &&
    !(field in info!.lists) &&
    /^\w+$/.test(field)
  );
}

/** The extra fields of one cell of the matrix. */
export function grantedFields(grants: readonly FieldGrant[], role: RoleName, collection: string, action: Action): string[] {
  const may: Partial<Record<Action, (grant: FieldGrant) => boolean>> = {
    read: (grant) => grant.can_read,
    create: (grant) => grant.can_create,
    update: (grant) => grant.can_update,
  };
  const allowed = may[action];
  if (!allowed) return [];
  const fields = grants.filter((grant) => grant.role === role && grant.collection === collection && isOwnField(grant) && allowed(grant));
  return [...new Set(fields.map(({ field }) => field))].sort();
}
