import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Knex } from '../platform/api/host.ts';

/** The day it is in a segment; Shanghai's where it is not known (design.md 6). */
export async function todayIn(database: Knex, clock: Clock, segment: unknown): Promise<string> {
  const row = typeof segment === 'string' ? await database('crm_segments').where({ id: segment }).first('timezone') : null;
  return toBusinessDate(clock.now(), row?.timezone ?? undefined);
}
