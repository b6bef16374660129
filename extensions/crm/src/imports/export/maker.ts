import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { personName } from '../rules/person-name.ts';
import { localMoment } from './columns.ts';
import type { ExportRow } from './export-row.ts';
import type { Watermark } from './watermark.ts';

/** Whose head and admin read of what somebody took out. */
export const segmentOf = ({ homeSegment, managedSegments }: Actor): string => homeSegment ?? managedSegments[0] ?? GROUP_SEGMENT_ID;

/** The zone in which times are written. */
export async function zoneOf(database: Knex, segment: string): Promise<string> {
  const row = await database('crm_segments').where({ id: segment }).first('timezone');
  return row?.timezone ?? 'Asia/Shanghai';
}

/** What an export says of itself. */
export async function markOf(database: Knex, { id, owner, segment, date_created, reason, rows_total }: ExportRow): Promise<Watermark> {
  const timeZone = await zoneOf(database, segment);
  const maker = await database('directus_users').where({ id: owner }).first('first_name', 'last_name', 'email');
  return {
    id,
    who: [personName(maker ?? {}), maker?.email].filter(Boolean).join(' · '),
    when: `${localMoment(date_created, timeZone)} (${timeZone})`,
    why: reason,
    rows: rows_total,
  };
}
