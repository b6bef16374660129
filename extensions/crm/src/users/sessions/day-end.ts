import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { INSTALL_STATE, writeState } from '../../platform/api/install-state.ts';
import { lastDayEnd } from './rules/day-end.ts';
import { HOST_SESSIONS } from './session-notes.ts';

interface EndingSegment {
  id: string;
  dayEnd: string;
  timeZone: string;
}

const keyOf = (segment: string): string => `day-end:${segment}`;

/**
 * A working day that is set or moved begins to count here: the last end that it would have had is done with, so that nobody is thrown
 * out in the middle of the day (ACC-2).
 */
export const beginDays = (database: Knex, clock: Clock, { id, dayEnd, timeZone }: EndingSegment): Promise<void> =>
  writeState(database, keyOf(id), lastDayEnd(clock.now(), dayEnd, timeZone).toISOString());

/**
 * Ends the sessions of a segment's people once its working day is over (ACC-2). Whoever comes first does it, a request, a log-in or
 * the clock, each of them before anything else: so every session that stands then is one of before.
 *
 * @returns whether it was done now.
 */
export async function endDay(database: Knex, clock: Clock, { id, dayEnd, timeZone }: EndingSegment): Promise<boolean> {
  const key = keyOf(id);
  const ended = lastDayEnd(clock.now(), dayEnd, timeZone).toISOString();
  const read = async (): Promise<string | null> => (await database(INSTALL_STATE).where({ key }).first('value'))?.value ?? null;
  const known = await read();
  // Nobody has looked before: what is over is judged by when a token was given out, and nobody is thrown out by it.
  if (known === null) await writeState(database, key, ended);
  if (known === null || known >= ended) return false;
  return database.transaction(async (transaction) => {
    const taken = await transaction(INSTALL_STATE).where({ key, value: known }).update({ value: ended });
    if (taken !== 1) return false;
    const people = transaction('directus_users').where({ crm_segment: id }).whereIn('role', Object.values(ROLE_IDS)).select('id');
    await transaction(HOST_SESSIONS).whereIn('user', people).delete();
    return true;
  });
}

/** The same for every segment whose day is over. */
export async function endDays(database: Knex, clock: Clock): Promise<void> {
  const rows = await database('crm_segments').whereNotNull('day_end').whereNot({ day_end: '' }).select('id', 'day_end', 'timezone');
  for (const { id, day_end, timezone } of rows) await endDay(database, clock, { id, dayEnd: day_end, timeZone: timezone });
}
