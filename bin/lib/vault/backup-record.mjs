import { withDatabase } from '../database.mjs';
import { writeStateRow } from '../state-row.mjs';

/** The doctor reads the same row (guard/doctor/read-safe-copies.ts). */
const KEY = 'backup';

/**
 * The last backup that was read back and found good; failures leave the row as it was, so that the doctor goes on counting from
 * the last good one.
 * @param {import('../settings.mjs').Settings} settings
 * @param {{ at: string, bytes: number, name: string }} made
 */
export const rememberBackup = (settings, made) => withDatabase(settings, (database) => writeStateRow(database, KEY, made));
