import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { personName } from '../rules/person-name.ts';
import { localMoment } from './columns.ts';
import type { ExportRow } from './export-row.ts';
import { seesSeveral } from './standing.ts';
import type { Watermark } from './watermark.ts';

/**
 * In which segment an export is written down. The row says how many there are of all, so those of one segment read only what
 * holds rows of that segment alone; whatever may hold more stands with the group (ORG-2).
 */
export const segmentOf = (actor: Actor): string =>
  seesSeveral(actor) ? GROUP_SEGMENT_ID : (actor.homeSegment ?? actor.managedSegments[0] ?? GROUP_SEGMENT_ID);

/** The zone in which times are written: that of the maker's own work. */
export async function homeZoneOf(database: Knex, { owner, segment }: Pick<ExportRow, 'owner' | 'segment'>): Promise<string> {
  const maker = await database('directus_users').where({ id: owner }).first('crm_segment');
  const row = await database('crm_segments')
    .where({ id: maker?.crm_segment ?? segment })
    .first('timezone');
  return row?.timezone ?? 'Asia/Shanghai';
}

/** What an export says of itself. */
export async function markOf(database: Knex, row: ExportRow): Promise<Watermark> {
  const { id, owner, segment, date_created, started_at, reason, rows_total } = row;
  const timeZone = await homeZoneOf(database, { owner, segment });
  const maker = await database('directus_users').where({ id: owner }).first('first_name', 'last_name', 'email');
  return {
    id,
    who: [personName(maker ?? {}), maker?.email].filter(Boolean).join(' · '),
    when: `${localMoment(started_at ?? date_created, timeZone)} (${timeZone})`,
    why: reason,
    rows: rows_total,
  };
}
