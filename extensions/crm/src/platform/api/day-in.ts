import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Knex } from './host.ts';

/** The day that a moment falls on in a segment; Shanghai's where it is not known (design.md 6). */
export async function dayIn(database: Knex, segment: unknown, at: Date): Promise<string> {
  const row = typeof segment === 'string' ? await database('crm_segments').where({ id: segment }).first('timezone') : null;
  return toBusinessDate(at, row?.timezone ?? undefined);
}
