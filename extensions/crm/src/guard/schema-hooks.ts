import { COLLECTIONS, EXTENDED } from '../kernel/collections.ts';
import type { EventContext, Row, SchemaOverview } from '../platform/api/host.ts';
import { isInModel, isOurs, languageOf } from './caller.ts';
import type { GuardRegister } from './ports.ts';
import { refusal } from './refuse.ts';
import { mayChangeCollection, mayChangeField, type Installed } from './rules/schema-change.ts';

/** What came with the product. A `crm_` collection without a table is a folder of our menu. */
export const installed = (schema: SchemaOverview | null): Installed => ({
  isCollection: (collection) => isInModel(collection) || (isOurs(collection) && schema !== null && !schema.collections[collection]),
  isField: (collection, field) => {
    const info = COLLECTIONS[collection] ?? EXTENDED[collection];
    return info !== undefined && (Object.hasOwn(info.fields, field) || Object.hasOwn(info.lists, field));
  },
});

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
      !mayChangeCollection(payload) &&
      (keys as string[]).find((key) => installed(context.schema).isCollection(key));
    return hit ? refuse(hit, context) : payload;
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
