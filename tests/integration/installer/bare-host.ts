import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { hostEnvironment } from '../../../bin/lib/host-env.mjs';
import { readSettings } from '../../../bin/lib/settings.mjs';
import { builtExtension } from '../../harness/built-extension.ts';
import { copyPostgresTemplate, copySqliteTemplate } from '../../harness/template.ts';
import { onServer, openPostgres, openSqlite, postgresEnvironment } from '../../harness/test-database.ts';

export type Database = 'sqlite' | 'pg';

/** The database of a host that does not run, with the environment to run commands on it. */
export interface BareHost {
  env: Record<string, string>;
  /** Opens a connection for `look` and closes it: SQLite has one writer, and the installer is another process. */
  look<T>(look: (database: Knex) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

let count = 0;

/** `installed`: as `directus crm-install` of these sources leaves it; else nobody installed anything into it. */
export async function bareHost(db: Database, { installed = false } = {}): Promise<BareHost> {
  const built = installed ? await builtExtension() : null;
  const dataDir = mkdtempSync(join(tmpdir(), 'crm-bare-'));
  for (const folder of ['temp', 'uploads', 'no-extensions']) mkdirSync(join(dataDir, folder));
  const name = `crm_bare_${process.pid}_${(count += 1)}`;
  const file = join(dataDir, 'host.db');
  const own = db === 'pg' ? postgresEnvironment(name) : { DB_FILENAME: file };
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', CRM_DATA_DIR: dataDir };
  const env = hostEnvironment(
    readSettings({ ...inherited, ...own }),
    { SECRET: 'a-secret-of-the-test-harness-0123456789' },
    { EXTENSIONS_PATH: built?.extensionsPath ?? join(dataDir, 'no-extensions') },
  );
  const template = { extensionHash: built?.hash ?? null, demo: false, overrides: {} };
  if (db === 'pg') await copyPostgresTemplate(template, env, name);
  else await copySqliteTemplate(template, env, file);
  return {
    env,
    look: async (look) => {
      const database = db === 'pg' ? openPostgres(name) : openSqlite(file);
      try {
        return await look(database);
      } finally {
        await database.destroy();
      }
    },
    remove: async () => {
      rmSync(dataDir, { recursive: true, force: true });
      if (db === 'pg') await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}
