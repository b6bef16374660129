import { InstallRefusal } from './install-refusal.ts';
import type { Change, Installation, Planner } from './changes.ts';
import { clearCaches, QUIET } from './host-door.ts';
import type { HostField } from '../../schema-snapshots/host-model.ts';

/** Fills and tightens columns that a later version made NOT NULL; they were added nullable, or were so before. */
export const planNotNull: Planner = async (installation) => {
  const { model } = installation.input;
  return [...model.extensions, ...model.collections].flatMap(({ collection, fields }) =>
    fields.filter((field) => isLoose(installation, collection, field)).map((field) => tightening(installation, collection, field)),
  );
};

const isLoose = ({ standing }: Installation, collection: string, field: HostField): boolean =>
  field.schema?.['is_nullable'] === false && standing.schema.collections[collection]?.fields[field.field]?.nullable === true;

function tightening({ host, input, standing }: Installation, collection: string, field: HostField): Change {
  const name = `${collection}.${field.field}`;
  const run = async () => {
    const fill = input.fills[name];
    const fallback = field.schema?.['default_value'];
    if (fill) await host.database.raw(fill);
    if (fallback !== undefined && fallback !== null)
      await host
        .database(collection)
        .whereNull(field.field)
        .update({ [field.field]: fallback });
    const [empty] = await host.database(collection).whereNull(field.field).count({ rows: '*' });
    if (Number(empty?.['rows']) > 0) throw new InstallRefusal({ reason: 'empty_values', name, rows: Number(empty?.['rows']) });
    await clearCaches(host);
    const column = { field: field.field, type: field.type, schema: structuredClone(field.schema) };
    await new host.services.FieldsService({ schema: standing.schema }).updateField(collection, column, { ...QUIET });
  };
  return { what: `${name} NOT NULL`, count: 1, run };
}
