import { randomBytes } from 'node:crypto';
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withDatabase } from './database.mjs';

/** @typedef {import('./settings.mjs').Settings} Settings */
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
 * @param {{ host: boolean }} standing
 * @param {RunHostCommand} run
 */
export async function bootstrap(settings, env, standing, run) {
  const complete = withAdministrator(env);
  if (settings.postgres) await bootstrapPostgres(settings, complete, standing, run);
  else if (standing.host) await run(['bootstrap'], complete);
  else await bootstrapSqlite(settings, complete, run);
}

/** @param {Settings} settings @param {Record<string, string>} env @param {RunHostCommand} run */
async function bootstrapSqlite(settings, env, run) {
  const fresh = `${settings.databaseFile}.new`;
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(fresh + end, { force: true });
  await run(['bootstrap'], { ...env, DB_FILENAME: fresh });
  await suspendAdministrator({ ...settings, databaseFile: fresh });
  renameSync(fresh, settings.databaseFile);
}

/** @param {Settings} settings @param {Record<string, string>} env @param {{ host: boolean }} standing @param {RunHostCommand} run */
async function bootstrapPostgres(settings, env, standing, run) {
  const begun = join(settings.dataDir, 'bootstrap-begun');
  if (standing.host && existsSync(begun)) await removeHalfMade(settings);
  const fresh = !standing.host || existsSync(begun);
  if (fresh) writeFileSync(begun, '');
  await run(['bootstrap'], env);
  if (fresh) await suspendAdministrator(settings);
  rmSync(begun, { force: true });
}

/** Only what our own unfinished attempt on an empty database has made: it began when the host had no table here. @param {Settings} settings */
async function removeHalfMade(settings) {
  await withDatabase(settings, async (database) => {
    const { rows } = await database.raw(
      "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename LIKE 'directus\\_%'",
    );
    for (const { tablename } of rows) await database.raw('DROP TABLE IF EXISTS ?? CASCADE', [tablename]);
  });
}

/** @param {Settings} settings */
async function suspendAdministrator(settings) {
  if (settings.demo) return;
  await withDatabase(settings, async (database) => {
    await database('directus_users').update({ status: 'suspended' });
  });
}
