import type { ChangeLog } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';

const FIELDS = 'directus_fields';
const COLLECTIONS_META = 'directus_collections';

/** What of a field's or a collection's description is a rule, or decides what people see of it. */
const TOLD = [
  ...['collection', 'field', 'required', 'readonly', 'hidden', 'validation', 'conditions', 'special', 'interface', 'group'],
  ...['accountability', 'versioning', 'singleton', 'sort_field', 'archive_field', 'archive_value', 'unarchive_value', 'archive_app_filter'],
];

async function descriptionOf(database: Knex, collection: string, item: string): Promise<Row | null> {
  const key = collection === FIELDS ? 'id' : 'collection';
  const row: Row | undefined = await database(collection)
    .where({ [key]: item })
    .first();
  return row ? Object.fromEntries(TOLD.filter((name) => row[name] !== undefined).map((name) => [name, row[name]])) : null;
}

/**
 * How fields and collections are described holds rules (required, validation, what is shown): a change of them has an entry that says
 * what stands now (SEC-3). Their rows have other keys than ours, so they are no rows of the log like others.
 */
export const schemaStep = (log: Pick<ChangeLog, 'event'>): WriteStep => ({
  name: 'audit/schema',
  collections: [FIELDS, COLLECTIONS_META],
  async afterWrite({ collection, item, action, database }) {
    const after = action === 'delete' ? null : await descriptionOf(database, collection, item);
    const { collection: of, field } = (after ?? {}) as { collection?: string; field?: string };
    const name = of && field ? `${of}.${field}` : item;
    await log.event(database, { action, collection, item: name, after });
  },
});
