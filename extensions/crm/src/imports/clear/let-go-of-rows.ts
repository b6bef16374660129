import { GROUP_SEGMENT_ID, ROLE_IDS } from '../../kernel/roles.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { askedOf, EXPORTS, type ExportRow } from '../export/export-row.ts';
import type { Leaving } from '../../segments/index.ts';
import { IMPORT_ROWS } from '../staging.ts';

const CHUNK = 500;
/** A line that waits for its import is judged anew when its turn comes. */
const ENDED: readonly string[] = ['done', 'kept', 'undone'];
const KEEP = "case when state = 'done' then 'kept' else state end";

/**
 * What imports and exports hold of rows that have left their segment or their owner goes (ORG-2, ORG-3, Q1): the lines of the files
 * and what the undo would have put back, and files of exports that could have them. A line keeps only that it was imported, so that
 * it counts; an undo passes it by. Within a segment its imports stay: their readers see the rows as before.
 */
export async function letGoOfRows(
  database: Knex,
  leaving: Leaving,
  rows: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Promise<void> {
  if (leaving.from.segment !== leaving.to.segment) await emptyLines(database, rows);
  const held = await heldExports(database, leaving, rows, now);
  if (!held.length) return;
  const ids = held.map(({ id }) => id);
  const those = (query: Knex.QueryBuilder) => query.whereIn('id', ids);
  // One that is at work finds itself stopped when it wants to be done; one that was faster has a file, which is gone by now.
  await updateLogged(database, EXPORTS, (running) => those(running).where({ status: 'running' }), { status: 'stopped' });
  await those(database(EXPORTS).where({ status: 'done' }))
    .where('expires_at', '>', now)
    .update({ expires_at: now });
}

async function emptyLines(database: Knex, rows: ReadonlyMap<string, ReadonlySet<string>>): Promise<void> {
  for (const ids of rows.values()) {
    const all = [...ids];
    for (let at = 0; at < all.length; at += CHUNK) {
      const lines = database(IMPORT_ROWS)
        .whereIn('item', all.slice(at, at + CHUNK))
        .whereIn('state', [...ENDED]);
      await lines.update({ content: null, image_before: null, image_after: null, state: database.raw(KEEP) });
    }
  }
}

type Held = Pick<ExportRow, 'id' | 'owner' | 'segment' | 'status' | 'asked'>;

/** Exports that can have the rows, of people who see them no more. Those of several segments stand in the group's. */
async function heldExports(
  database: Knex,
  { from, to }: Leaving,
  rows: ReadonlyMap<string, ReadonlySet<string>>,
  now: Date,
): Promise<Held[]> {
  const collections = [...rows].filter(([, ids]) => ids.size > 0).map(([collection]) => collection);
  const seesStill: string[] = [ROLE_IDS.system_admin, ROLE_IDS.group_executive];
  // Whoever manages the segment sees what goes from one of its people to another.
  if (from.segment === to.segment) seesStill.push(ROLE_IDS.segment_head, ROLE_IDS.segment_admin);
  const found: Held[] = await database(EXPORTS)
    .whereIn('collection', collections)
    .andWhere(
      (there) =>
        void there.where({ status: 'running' }).orWhere((file) => void file.where({ status: 'done' }).where('expires_at', '>', now)),
    )
    .whereNotIn('owner', database('directus_users').whereIn('role', seesStill).select('id'))
    .select('id', 'owner', 'segment', 'status', 'asked');
  const isOfSegment = (row: Held) =>
    row.segment === from.segment ||
    askedOf(row).segments.includes(from.segment) ||
    (row.status === 'running' && row.segment === GROUP_SEGMENT_ID);
  return found.filter((row) => isOfSegment(row) && (from.segment !== to.segment || row.owner === from.owner));
}
