import type { Change, Installation, Planner } from './changes.ts';
import { QUIET } from './host-door.ts';
import type { HostField } from '../../schema-snapshots/host-model.ts';
import { collectionKey, readFieldMeta, remembered, rememberField, toEntry } from './remember-meta.ts';

/** Adds our fields to directus_users and directus_files, and to our own collections those that a later version brought. */
export const planFields: Planner = async (installation) => {
  const { extensions, collections } = installation.input.model;
  return [...extensions, ...collections].flatMap(({ collection, fields }) =>
    fields
      .filter((field) => !installation.standing.hasField(collection, field.field))
      .map((field): Change => ({
        what: `${collection}.${field.field}`,
        count: 1,
        run: () => createField(installation, collection, field),
      })),
  );
};

/** A table may have rows: a NOT NULL column without default comes nullable, `not-null.ts` fills and tightens it. */
function withoutNotNull(field: HostField): HostField {
  const copy = structuredClone(field);
  if (copy.schema && (copy.schema['default_value'] ?? null) === null) copy.schema['is_nullable'] = true;
  return copy;
}

async function createField({ host, state, standing }: Installation, collection: string, field: HostField): Promise<void> {
  const { schema } = standing;
  const entry = await host.database.transaction(async (trx) => {
    await new host.services.FieldsService({ schema, knex: trx }).createField(collection, withoutNotNull(field), undefined, { ...QUIET });
    const stored = await readFieldMeta(host, schema, collection, trx);
    const before = remembered(state, collection);
    const made = toEntry({ ...before, fields: { ...before.fields, [field.field]: rememberField(field, stored.get(field.field)) } });
    await state.write(trx, collectionKey(collection), made);
    return made;
  });
  state.settle(collectionKey(collection), entry);
}
