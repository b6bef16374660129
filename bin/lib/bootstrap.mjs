import { randomBytes } from 'node:crypto';
import { renameSync, rmSync } from 'node:fs';
import { withDatabase } from './database.mjs';
import { standingOf } from './install-state.mjs';
import { tablesOf, writeMark } from './start-mark.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {import('./install-state.mjs').Standing} Standing */
/** @typedef {(command: string[], env: Record<string, string>) => Promise<void>} RunHostCommand */

/**
 * The technical administrator of a production host: it must exist before the host listens, or the host would offer its
 * set-up page to the first who comes. Nobody knows this password; the account is suspended at once (design.md 12).
 * @param {Record<string, string>} env
 */
const withAdministrator = (env) => ({
  ...env,
  ADMIN_EMAIL: env['ADMIN_EMAIL'] || 'technical-admin@example.com',
  ADMIN_PASSWORD: env['ADMIN_PASSWORD'] || randomBytes(24).toString('base64url'),
});

/**
 * Creates the host's own tables. The host takes a half-made set for a whole one, so a SQLite database is made in a file of
 * its own and moved into place when it is complete, and on PostgreSQL a set that we began and did not finish is removed first.
 * @param {Settings} settings
 * @param {Record<string, string>} env
 * @param {Pick<Standing, 'kind' | 'begun'>} standing
 * @param {RunHostCommand} run
 */
export async function bootstrap(settings, env, standing, run) {
  const complete = withAdministrator(env);
  if (settings.postgres) await bootstrapPostgres(settings, complete, standing, run);
  else if (standing.kind === 'ours') await run(['bootstrap'], complete);
  else await bootstrapSqlite(settings, complete, run);
}

/** @param {string} file @param {string[]} ends */
const removeFiles = (file, ends) => ends.forEach((end) => rmSync(file + end, { force: true }));

/** What SQLite keeps beside a file; left over from another one it would be taken for a part of the new one. */
const COMPANIONS = ['-wal', '-shm', '-journal'];

/** @param {Settings} settings @param {Record<string, string>} env @param {RunHostCommand} run */
async function bootstrapSqlite(settings, env, run) {
  const fresh = `${settings.databaseFile}.new`;
  const there = { ...settings, databaseFile: fresh };
  removeFiles(fresh, ['', ...COMPANIONS]);
  await begin(there);
  await run(['bootstrap'], { ...env, DB_FILENAME: fresh });
  await completeHost(there);
  removeFiles(settings.databaseFile, COMPANIONS);
  renameSync(fresh, settings.databaseFile);
}

/** @param {Settings} settings @param {Record<string, string>} env @param {Pick<Standing, 'kind' | 'begun'>} standing @param {RunHostCommand} run */
async function bootstrapPostgres(settings, env, standing, run) {
  if (standing.kind === 'half_made') await removeHalfMade(settings);
  const fresh = standing.kind !== 'ours';
  if (fresh) await begin(settings);
  await run(['bootstrap'], env);
  if (fresh || standing.begun) await completeHost(settings);
}

/** @param {Settings} settings */
const modeOf = ({ demo }) => /** @type {import('./start-mark.mjs').Mode} */ (demo ? 'demo' : 'production');

/** Before the first table of the host: from now on what stands here is ours, and says as what. @param {Settings} settings */
const begin = (settings) => withDatabase(settings, (database) => writeMark(database, { mode: modeOf(settings), stage: 'bootstrap' }));

/** Only what our own unfinished attempt has made and in which nobody exists yet; looked at again right here. @param {Settings} settings */
async function removeHalfMade(settings) {
  await withDatabase(settings, async (database) => {
    if ((await standingOf(database)).kind !== 'half_made') throw new Error('the set of tables to be removed is no longer half made');
    for (const table of (await tablesOf(database)).filter((name) => name.startsWith('directus_'))) {
      await database.raw('DROP TABLE IF EXISTS ?? CASCADE', [table]);
    }
  });
}

/** The host's tables are whole; in production its first person, whom nobody knows, may not log in. @param {Settings} settings */
async function completeHost(settings) {
  await withDatabase(settings, (database) =>
    database.transaction(async (transaction) => {
      if (!settings.demo) await transaction('directus_users').update({ status: 'suspended' });
      await writeMark(transaction, { mode: modeOf(settings), stage: 'install' });
    }),
  );
}
