import { existsSync } from 'node:fs';
import { withDatabase } from '../database.mjs';

/**
 * The host writes a row for every extension that it has seen once, at the first command already. What is only looked at, or
 * refused, must not leave such rows in a Directus of others.
 * @param {import('../settings.mjs').Settings | null} settings
 * @returns {Promise<() => Promise<void>>} takes away the rows that have come since
 */
export async function rememberExtensions(settings) {
  const look = async () => {
    if (!settings || (!settings.postgres && !existsSync(settings.databaseFile))) return null;
    return withDatabase(settings, async (database) => {
      if (!(await database.schema.hasTable('directus_extensions'))) return null;
      return /** @type {string[]} */ (await database('directus_extensions').pluck('id'));
    });
  };
  const before = await look();
  return async () => {
    if (!settings || !before) return;
    await withDatabase(settings, async (database) => {
      await database('directus_extensions').whereNotIn('id', before).delete();
    });
  };
}
