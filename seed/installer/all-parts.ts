import { translationRows } from '../../schema-snapshots/to-host.ts';
import type { Knex } from '../../extensions/crm/src/platform/api/host.ts';
import { accessParts } from '../access/index.ts';
import type { FieldGrant } from '../access/matrix.ts';
import { baseParts } from '../base/index.ts';
import { demoParts } from '../demo/index.ts';
import { experienceParts } from '../experience/index.ts';
import { stableId } from '../ids.ts';
import type { RowPart, SeedPart } from './parts.ts';

/** Notes, choices and other texts of the forms, which the host finds by key in the reader's language. */
const translations: RowPart = {
  kind: 'rows',
  name: 'translations',
  collection: 'directus_translations',
  policy: 'keep-ours',
  key: ['key', 'language'],
  rows: translationRows().map((row) => ({ id: stableId(`translation:${row.language}:${row.key}`), ...row })),
};

/** The administrator's own fields with the roles they gave them to: an upgrade of the rules keeps them (design.md 3). */
async function readGrants(database: Knex): Promise<FieldGrant[]> {
  if (!(await database.schema.hasTable('crm_field_grants'))) return [];
  const rows = await database('crm_field_grants')
    .orderBy('id')
    .select('collection', 'field', 'role', 'can_read', 'can_create', 'can_update');
  return rows.map((row) => ({ ...row, can_read: !!row.can_read, can_create: !!row.can_create, can_update: !!row.can_update }));
}

/** Everything that our version brings besides the model, in the order in which one needs the other. */
export async function allParts(database: Knex): Promise<SeedPart[]> {
  return [...accessParts(await readGrants(database)), ...baseParts, translations, ...experienceParts, ...demoParts];
}
