import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { EventContext, Knex, Row, SchemaOverview } from '../platform/api/host.ts';
import { isInModel, isOurs, languageOf } from './caller.ts';
import type { GuardRegister } from './ports.ts';
import { refusal } from './refuse.ts';
import { mayChangeCollection, mayChangeField, relationComparesSecret, type Installed } from './rules/schema-change.ts';

/** What came with the product. A `crm_` collection without a table is a folder of our menu. */
export const installed = (schema: SchemaOverview | null): Installed => ({
  isCollection: (collection) => isInModel(collection) || (isOurs(collection) && schema !== null && !schema.collections[collection]),
  isField: (collection, field) => {
    const info = COLLECTIONS[collection] ?? EXTENDED[collection];
    return info !== undefined && (Object.hasOwn(info.fields, field) || Object.hasOwn(info.lists, field));
  },
});

const isHosts = (collection: unknown): boolean => typeof collection === 'string' && collection.startsWith('directus_');

/** Whether a new meta row keeps changes of its collection from being told. */
function silences(payload: Row): boolean {
  const meta = { ...payload, ...(payload['meta'] as Row | undefined) };
  return 'accountability' in meta && meta['accountability'] !== 'all';
}

/** Whether our bundle, or a part of it, is among these extensions: without it nothing here is guarded. */
async function areOurs(database: Knex, ids: readonly string[]): Promise<boolean> {
  const bundles: string[] = await database('directus_extensions').whereIn('folder', OUR_FOLDERS).pluck('id');
  const parts: string[] = await database('directus_extensions').whereIn('bundle', bundles).pluck('id');
  return ids.some((id) => bundles.includes(id) || parts.includes(id));
}

const OUR_FOLDERS = ['crm', 'group-crm', 'directus-extension-group-crm'];

/**
 * Nobody deletes or alters what we installed, by REST or GraphQL; labels and how things show are the administrator's, and
 * so are fields of one's own (design.md 3). Internal work (the installer) has no accountability and passes.
 */
export function registerSchemaGuard({ filter }: Pick<GuardRegister, 'filter'>): void {
  const refuse = async (name: string, { accountability, database }: EventContext): Promise<never> => {
    throw refusal('installed', await languageOf(database, accountability), { name: name.slice(0, 64) });
  };

  filter('collections.delete', async (keys: string[], _meta, context) => {
    const hit = context.accountability && keys.find((key) => installed(context.schema).isCollection(key));
    return hit ? refuse(hit, context) : keys;
  });
  filter('collections.update', async (payload: Row, { keys }, context) => {
    const hit =
      context.accountability &&
      (keys as string[]).find((key) => (installed(context.schema).isCollection(key) || isHosts(key)) && !mayChangeCollection(key, payload));
    return hit ? refuse(hit, context) : payload;
  });
  // Relations are written by the host without saying for whom, so these are refused whoever writes them.
  filter('relations.create', (payload: Row, _meta, context) => {
    const { many_collection: collection, many_field: field, sort_field: sort } = payload;
    return relationComparesSecret(collection, { field, sort }) ? refuse(String(collection), context) : payload;
  });
  filter('relations.update', async (payload: Row, { keys }, context) => {
    const { many_field: field, sort_field: sort } = payload;
    if (!field && !sort) return payload;
    const standing: { many_collection: string }[] = await context
      .database('directus_relations')
      .whereIn('id', keys as number[])
      .select('many_collection');
    const hit = standing.find(({ many_collection: collection }) => relationComparesSecret(collection, { field, sort }));
    return hit ? refuse(hit.many_collection, context) : payload;
  });
  // Their changes are in the audit log because the host tells of them.
  filter('collections.create', (payload: Row, _meta, context) =>
    context.accountability && isHosts(payload['collection']) && silences(payload)
      ? refuse(String(payload['collection']), context)
      : payload,
  );
  for (const event of ['extensions.update', 'extensions.delete'])
    filter(event, async (payload: Row, { keys }, context) => {
      const ids: unknown = event === 'extensions.delete' ? payload : keys;
      return context.accountability && (await areOurs(context.database, ids as string[])) ? refuse('group-crm', context) : payload;
    });
  filter('fields.delete', async (fields: string[], { collection }, context) => {
    const hit = context.accountability && fields.find((field) => installed(context.schema).isField(String(collection), field));
    return hit ? refuse(hit, context) : fields;
  });
  filter('fields.update', async (field: Row, { collection }, context) => {
    const name = String(field['field']);
    const current = context.schema?.collections[String(collection)]?.fields[name];
    const guarded =
      context.accountability && typeof collection === 'string' && current && installed(context.schema).isField(collection, name);
    if (!guarded) return field;
    const length = (COLLECTIONS[collection] ?? EXTENDED[collection])?.fields[name]?.length;
    return mayChangeField(
      { type: current.type, nullable: current.nullable, special: current.special, defaultValue: current.defaultValue, length },
      field,
    )
      ? field
      : refuse(name, context);
  });
}
