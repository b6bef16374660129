import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { toBusinessDate } from '../../extensions/crm/src/kernel/calendar/business-date.ts';
import { runHost } from '../../bin/lib/host-process.mjs';
import { RUNTIME } from '../../bin/lib/paths.mjs';
import { withLock } from './lock.ts';
import { databaseExists, onServer, openPostgres, openSqlite, postgresEnvironment } from './test-database.ts';

export interface TemplateOptions {
  extensionHash: string | null;
  demo: boolean;
  /** Settings that shape what is installed (part of the key). */
  overrides: Record<string, string>;
}

/** Runs one command of the host to its end; throws with what it wrote when it fails. */
export async function hostCommand(command: string[], env: Record<string, string>): Promise<string> {
  const host = runHost(command, env);
  const code = await host.ended;
  if (code !== 0) throw new Error(`directus ${command.join(' ')} failed (${code}):\n${host.output().slice(-6000)}`);
  return host.output();
}

/** The host's own tables, then ours: exactly the two commands that `npm start` runs. */
async function install(env: Record<string, string>, { extensionHash, demo }: TemplateOptions): Promise<void> {
  await hostCommand(['bootstrap'], env);
  if (extensionHash === null) return;
  try {
    await hostCommand(['crm-install', '--own-host', ...(demo ? ['--demo'] : [])], env);
  } catch (error) {
    if (!String(error).includes("unknown command 'crm-install'")) throw error;
  }
}

/**
 * A template is copied under other keys than the ones that it was installed with: its audit log, which the installation begins, is
 * taken out, and each copy begins its own.
 */
async function withoutLog(database: Knex, env: Record<string, string>): Promise<void> {
  try {
    if (!(await database.schema.hasTable('crm_audit'))) return;
    await database('crm_audit').delete();
    await database('crm_audit_blocks').delete();
    await database('crm_install_state').where('key', 'like', 'audit:%').delete();
  } finally {
    await database.destroy();
  }
  rmSync(join(env['CRM_DATA_DIR'] ?? '', 'audit-head.json'), { force: true });
}

const keyOf = (parts: readonly string[]) => createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);

/** To be changed with what is done to a template after its installation: PostgreSQL keeps those of earlier runs. */
const MADE_BY = 'without-log';

/** Demo dates are relative to the business day of the first start, so a template lives one day. */
function templateKey({ extensionHash, demo, overrides }: TemplateOptions): string {
  const today = toBusinessDate(new Date());
  return keyOf([MADE_BY, extensionHash ?? 'plain', String(demo), demo ? today : '', JSON.stringify(Object.entries(overrides).sort())]);
}

/** Files that the installation stored lie beside the template; every copy gets its own. */
const uploadsOf = (key: string) => join(RUNTIME, 'templates', `${key}.uploads`);

function copyUploads(key: string, env: Record<string, string>): void {
  if (existsSync(uploadsOf(key))) cpSync(uploadsOf(key), env['STORAGE_LOCAL_ROOT']!, { recursive: true });
}

/** Copies an installed SQLite database to `file`; installs the template first when these sources have none. */
export async function copySqliteTemplate(options: TemplateOptions, env: Record<string, string>, file: string): Promise<void> {
  const key = templateKey(options);
  const template = join(RUNTIME, 'templates', `${key}.db`);
  await withLock(join(RUNTIME, 'locks', `sqlite-${key}`), async () => {
    if (existsSync(template)) return;
    mkdirSync(join(RUNTIME, 'templates'), { recursive: true });
    const fresh = join(RUNTIME, 'templates', `${key}.${process.pid}.db`);
    rmSync(fresh, { force: true });
    await install({ ...env, DB_FILENAME: fresh, STORAGE_LOCAL_ROOT: uploadsOf(key) }, options);
    await withoutLog(openSqlite(fresh), env);
    const connection = openSqlite(fresh);
    await connection.raw('PRAGMA wal_checkpoint(TRUNCATE)');
    await connection.destroy();
    renameSync(fresh, template);
  });
  copyFileSync(template, file);
  copyUploads(key, env);
}

/** The same on PostgreSQL: `database` becomes a copy of an installed one. */
export async function copyPostgresTemplate(options: TemplateOptions, env: Record<string, string>, database: string): Promise<void> {
  const key = templateKey(options);
  const template = `crm_template_${key}`;
  await withLock(join(RUNTIME, 'locks', `pg-${key}`), async () => {
    if (!(await databaseExists(template))) {
      const fresh = `crm_fresh_${key}_${process.pid}`;
      await onServer(`DROP DATABASE IF EXISTS "${fresh}"`, `CREATE DATABASE "${fresh}"`);
      await install({ ...env, ...postgresEnvironment(fresh), STORAGE_LOCAL_ROOT: uploadsOf(key) }, options);
      await withoutLog(openPostgres(fresh), env);
      await onServer(`ALTER DATABASE "${fresh}" RENAME TO "${template}"`);
    }
    await onServer(`DROP DATABASE IF EXISTS "${database}"`, `CREATE DATABASE "${database}" TEMPLATE "${template}"`);
    copyUploads(key, env);
  });
}
