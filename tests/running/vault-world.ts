import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { sourcesHash } from '../../bin/lib/build-extension.mjs';
import { sealPassword } from '../../bin/lib/demo-password.mjs';
import { hostEnvironment } from '../../bin/lib/host-env.mjs';
import { rememberInstalled } from '../../bin/lib/install-state.mjs';
import { readSettings, type Settings } from '../../bin/lib/settings.mjs';
import { readPositions, settleFormats } from '../../bin/lib/vault/postgres-rows.mjs';
import { readSchema } from '../../bin/lib/vault/postgres-schema.mjs';
import { builtExtension } from '../harness/built-extension.ts';
import { logIn, type Client } from '../harness/client.ts';
import { freePort } from '../harness/free-port.ts';
import { copyPostgresTemplate, copySqliteTemplate } from '../harness/template.ts';
import { onServer, openPostgres, openSqlite, postgresEnvironment } from '../harness/test-database.ts';
import { dumpOf } from './database-dump.ts';
import { cleanEnvironment, READY, runScript, runStart, type StartRun } from './start-command.ts';

export const PASSPHRASE = '备份的口令 correct horse battery';

export type Kind = 'sqlite' | 'pg';

/** One installation as `npm start` makes and runs it. */
export interface Installation {
  kind: Kind;
  env: Record<string, string>;
  settings: Settings;
  url: string;
  dataDir: string;
  run: StartRun;
  /**
   * As a finished `npm start` leaves it, without the minute that one takes (lifecycle and production tests are about that): a copy
   * of an installed database, and the note of what it was made from. Secrets come with the first start.
   */
  install(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** A command of ours with the passphrase in the environment. */
  command(
    script: string,
    words?: string[],
    more?: Record<string, string>,
    nodeOptions?: string[],
  ): Promise<{ code: number; output: string }>;
  open(): Knex;
  admin(): Promise<Client>;
}

const databaseOf = (kind: Kind, name: string): Record<string, string> => (kind === 'pg' ? postgresEnvironment(name) : {});

/** Describes an installation in a folder and, on PostgreSQL, a database; nothing is made yet. */
export async function installationIn(kind: Kind, dataDir: string, database: string): Promise<Installation> {
  const port = await freePort();
  const env = { ...databaseOf(kind, database), PORT: String(port), CRM_DATA_DIR: dataDir, CRM_DEMO_DATA: 'false', LOGIN_STALL_TIME: '0' };
  const url = `http://127.0.0.1:${port}`;
  const installation: Installation = {
    kind,
    env,
    settings: readSettings(env),
    url,
    dataDir,
    run: null as never,
    install: () => copyInstalled(kind, installation.settings, database),
    start: async () => {
      installation.run = runStart(env);
      await installation.run.sees(READY);
    },
    stop: async () => {
      installation.run.interrupt();
      await installation.run.ended;
    },
    command: async (script, words = [], more = {}, nodeOptions = []) => {
      const run = runScript(script, { ...env, CRM_BACKUP_PASSPHRASE: PASSPHRASE, ...more }, words, nodeOptions);
      const code = await run.ended;
      return { code, output: run.output() };
    },
    open: () => (kind === 'pg' ? openPostgres(database) : openSqlite(join(dataDir, 'crm.db'))),
    admin: () => logIn(url, 'admin@example.com', 'Demo-2026-crm!'),
  };
  return installation;
}

async function copyInstalled(kind: Kind, settings: Settings, database: string): Promise<void> {
  const { hash, extensionsPath } = await builtExtension();
  const secrets = { SECRET: 'a-secret-of-the-test-harness-0123456789' };
  const env = { ...cleanEnvironment(), ...hostEnvironment(settings, secrets, { EXTENSIONS_PATH: extensionsPath }) };
  const template = { extensionHash: hash, demo: false, overrides: {} };
  mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  if (kind === 'pg') await copyPostgresTemplate(template, env, database);
  else await copySqliteTemplate(template, env, settings.databaseFile);
  await rememberInstalled(settings, { built: sourcesHash(), mode: 'demo', password: sealPassword(settings.demoPassword) });
}

/** Databases for one test file, made and dropped with it. */
export function databases(kind: Kind) {
  const made: string[] = [];
  return {
    async make(name: string, template?: string): Promise<string> {
      const full = `crm_test_vault_${process.pid}_${name}`;
      if (kind === 'pg') await onServer(`CREATE DATABASE "${full}"${template ? ` TEMPLATE "${template}"` : ''}`);
      made.push(full);
      return full;
    },
    async drop(): Promise<void> {
      if (kind === 'pg') for (const name of made) await onServer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    },
  };
}

/** What a restore brings back and the living database still has: sessions end, notes of commands and the log go on. */
const NOT_COMPARED = ['directus_sessions', 'crm_install_state', 'crm_audit', 'crm_audit_blocks', 'crm_logins', 'crm_sessions'];

export async function contentOf(installation: Installation): Promise<Record<string, string>> {
  const database = installation.open();
  try {
    const dump = await dumpOf(database);
    return Object.fromEntries(Object.entries(dump).filter(([name]) => !NOT_COMPARED.includes(name)));
  } finally {
    await database.destroy();
  }
}

/** How many log-ins are alive. */
export async function sessionsIn(installation: Installation): Promise<number> {
  const database = installation.open();
  try {
    return (await database('directus_sessions').pluck('token')).length;
  } finally {
    await database.destroy();
  }
}

/** On PostgreSQL: tables, keys, indexes, sequences and where these stand. (A SQLite file carries its own.) */
export async function schemaOf(installation: Installation) {
  const database = installation.open();
  try {
    return await database.transaction(async (trx) => {
      await settleFormats(trx);
      const schema = await readSchema(trx);
      return { ...schema, positions: await readPositions(trx, schema.sequences) };
    });
  } finally {
    await database.destroy();
  }
}

/** Files below some folders that contain a text, and those that others than their owner may read. */
export function findInFiles(folders: string[], texts: string[]): { holding: string[]; open: string[] } {
  const files = folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)))
    // What the host puts together for browsers while it starts, and takes away again, is no data.
    .filter((file) => !file.includes('/temp/app-extensions/') && statSync(file).isFile());
  return {
    holding: files.filter((file) => texts.some((text) => readFileSync(file).includes(text))),
    open: files.filter((file) => (statSync(file).mode & 0o077) !== 0),
  };
}
