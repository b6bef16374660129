import type { Change, Installation, Planner } from './changes.ts';
import { clearCaches, QUIET } from './host-door.ts';
import type { HostField } from '../../schema-snapshots/host-model.ts';
import { InstallRefusal } from './install-refusal.ts';
import { collectionKey, columnHash, remembered, toEntry } from './remember-meta.ts';

/** Alters columns whose length, default or uniqueness our version changed; another type is refused, never converted. */
export const planColumns: Planner = async (installation) => {
  const { model } = installation.input;
  return [...model.extensions, ...model.collections].flatMap(({ collection, fields }) => {
    const known = remembered(installation.state, collection).fields;
    return fields
      .filter((field) => field.schema && known[field.field] && known[field.field]?.column !== columnHash(field))
      .map((field): Change => ({
        what: `${collection}.${field.field}`,
        count: 1,
        run: () => alterColumn(installation, collection, field),
      }));
  });
};

async function alterColumn({ host, standing, state }: Installation, collection: string, field: HostField): Promise<void> {
  const stands = standing.schema.collections[collection]?.fields[field.field];
  if (stands && stands.type !== field.type) throw new InstallRefusal({ reason: 'type_changed', name: `${collection}.${field.field}` });
  await clearCaches(host);
  // NOT NULL is not-null.ts's work, after the empty values are filled.
  const nullable = stands?.nullable === true || field.schema?.['is_nullable'] !== false;
  const column = { field: field.field, type: field.type, schema: { ...structuredClone(field.schema), is_nullable: nullable } };
  await new host.services.FieldsService({ schema: standing.schema }).updateField(collection, column, { ...QUIET });
  const before = remembered(state, collection);
  const memory = { ...before.fields[field.field]!, column: columnHash(field) };
  const entry = toEntry({ ...before, fields: { ...before.fields, [field.field]: memory } });
  await state.write(host.database, collectionKey(collection), entry);
  state.settle(collectionKey(collection), entry);
}
