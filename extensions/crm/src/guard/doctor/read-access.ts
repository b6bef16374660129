import { COLLECTIONS } from '../../kernel/collections.ts';
import type { Knex, SchemaOverview } from '../../platform/api/host.ts';
import type { CustomField, FieldGrant } from './rules/grants.ts';
import type { ExpectedAccess, Filter, StoredAccess } from './rules/stored-access.ts';

type Column = string | number | boolean | object | null;

const words = (value: unknown[]): string[] => value.filter((word): word is string => typeof word === 'string');

const parsed = (value: Column): Filter => (typeof value === 'string' ? (JSON.parse(value) as Filter) : (value as Filter));
const listed = (value: Column): string[] | null => {
  if (value === null || value === '') return null;
  if (Array.isArray(value)) return words(value);
  return typeof value === 'string' ? value.split(',') : null;
};
const flag = (value: Column): boolean => value === true || value === 1 || value === '1' || value === 'true';

/** The stored rights, straight from the tables: no service stands between, so that nothing cached or filtered is judged. */
export async function readStoredAccess(database: Knex, expected: ExpectedAccess): Promise<StoredAccess> {
  const ours = expected.policies.map((policy) => policy.id);
  const permissions = await database('directus_permissions')
    .whereIn('policy', ours)
    .orWhere('collection', 'like', 'crm%')
    .orWhere('collection', 'like', 'directus%')
    .orderBy('id')
    .select('id', 'policy', 'collection', 'action', 'permissions', 'validation', 'presets', 'fields');
  const access = await database('directus_access').orderBy('id').select('id', 'role', 'user', 'policy');
  const settings = await database('directus_settings').first('public_registration', 'public_registration_role');
  const holders = access.filter((row) => row.user).map((row) => row.user);
  return {
    roles: await database('directus_roles').orderBy('id').select('id', 'name', 'parent'),
    policies: (await database('directus_policies').orderBy('id').select('id', 'name', 'admin_access', 'app_access')).map((row) => ({
      ...row,
      admin_access: flag(row.admin_access),
      app_access: flag(row.app_access),
    })),
    access,
    registrationRole: flag(settings?.public_registration ?? false) ? (settings.public_registration_role ?? null) : null,
    permissions: permissions.map((row) => ({
      ...row,
      permissions: parsed(row.permissions),
      validation: parsed(row.validation),
      presets: parsed(row.presets),
      fields: listed(row.fields),
    })),
    holders: holders.length ? await database('directus_users').whereIn('id', holders).orderBy('id').select('id', 'role', 'email') : [],
  };
}

export async function readGrants(database: Knex): Promise<FieldGrant[]> {
  const rows = await database('crm_field_grants')
    .orderBy('id')
    .select('collection', 'field', 'role', 'can_read', 'can_create', 'can_update');
  return rows.map((row) => ({ ...row, can_read: flag(row.can_read), can_create: flag(row.can_create), can_update: flag(row.can_update) }));
}

/** The fields on our collections that are not ours, with where their relation leads. */
export function customFields(schema: SchemaOverview): CustomField[] {
  return Object.entries(COLLECTIONS).flatMap(([collection, model]) =>
    Object.values(schema.collections[collection]?.fields ?? {})
      .filter(({ field }) => !(field in model.fields) && !(field in model.lists))
      .map(({ field, type }) => {
        const relation = schema.relations.find((known) => known.collection === collection && known.field === field);
        return { collection, field, type, target: relation ? (relation.related_collection ?? 'crm_any') : null };
      }),
  );
}
