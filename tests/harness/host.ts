import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { hostEnvironment } from '../../bin/lib/host-env.mjs';
import { runHost, waitUntilReady, type HostProcess } from '../../bin/lib/host-process.mjs';
import { DEMO_ADMIN, DEMO_PASSWORD, readSettings } from '../../bin/lib/settings.mjs';
import { builtExtension } from './built-extension.ts';
import { createClient, logIn, type Client } from './client.ts';
import { freePort } from './free-port.ts';
import { copyPostgresTemplate, copySqliteTemplate } from './template.ts';
import { onServer, openPostgres, openSqlite, postgresEnvironment } from './test-database.ts';

export interface HostOptions {
  db?: 'sqlite' | 'pg';
  /** The demo group's rows too (slower); without it only roles, access rules and reference data. */
  demo?: boolean;
  /** The Studio too; without it a host starts half a second sooner. */
  studio?: boolean;
  /** Wins over everything of bin/lib/host-env.mjs. */
  env?: Record<string, string>;
  /** false: a bare host, for installing into and for comparing with. */
  extension?: boolean;
}

export interface TestHost {
  url: string;
  port: number;
  dataDir: string;
  env: Record<string, string>;
  /** The host's database, for looking and planting; writes behind a running host are the test's own risk. */
  database: Knex;
  /** Nobody: no token. */
  anonymous: Client;
  /** The technical administrator. */
  admin(): Promise<Client>;
  login(email: string, password?: string): Promise<Client>;
  logs(): string;
  /** The host's process, for looking at what it takes. */
  pid(): number;
  /** Ends the host and starts it again on the same data, with `env` changed; `readyAt` where the CRM will not be usable. */
  restart(env?: Record<string, string>, readyAt?: string): Promise<void>;
  /** Ends the host as a power cut does, and starts it again on the same data. */
  crash(): Promise<void>;
  /** Ends the host, keeps its data for looking at. */
  halt(): Promise<void>;
  /** Ends the host and removes its data. */
  stop(): Promise<void>;
}

const running = new Set<HostProcess>();
process.once('exit', () => running.forEach((host) => host.child.kill('SIGKILL')));

/** What differs between an installation for tests and one for people: no waiting at log-in, no limits in the way. */
const FOR_TESTS = {
  LOGIN_STALL_TIME: '0',
  RATE_LIMITER_ENABLED: 'false',
  RATE_LIMITER_GLOBAL_ENABLED: 'false',
  PRESSURE_LIMITER_ENABLED: 'false',
  CRM_EXPORT_RATE_MINUTE: '100000',
  // What plans ask for would come among the rows of tests; they are run where a test asks for it.
  CRM_PLANS: 'false',
};

/** The master key of the tests; no installation for people has it. */
export const TEST_KEYS = `test:${createHash('sha256').update('the master key of the test harness').digest('base64')}`;

/** What every test host signs and seals with. */
export const TEST_SECRETS = { SECRET: 'a-secret-of-the-test-harness-0123456789', CRM_KEYS: TEST_KEYS };

/** Settings that a running server alone reads: an installation made without them is the same, and is copied, not made again. */
const ONLY_RUNNING = /_RATE_|^CRM_(?:IMPORT|EXPORT|AUDIT|LOGIN)_|^CRM_(?:REHEARSAL|PLANS|FORCED_CHANGE|RESET_LINK)/u;

let count = 0;

/** Starts a real host with the packed extension on a copy of an installed database: seconds, once the template stands. */
export async function startHost({
  db = 'sqlite',
  demo = false,
  studio = false,
  env: own = {},
  extension = true,
}: HostOptions = {}): Promise<TestHost> {
  const port = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'crm-test-'));
  for (const folder of ['temp', 'uploads', 'no-extensions']) mkdirSync(join(dataDir, folder));
  const built = extension ? await builtExtension() : null;
  const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', CRM_DATA_DIR: dataDir, PORT: String(port) };
  const databaseName = `crm_test_${process.pid}_${Date.now().toString(36)}_${(count += 1)}`;
  const databaseFile = join(dataDir, 'crm.db');
  const settings = readSettings({ ...inherited, ...(db === 'pg' ? postgresEnvironment(databaseName) : { DB_FILENAME: databaseFile }) });
  const base = {
    ...FOR_TESTS,
    EXTENSIONS_PATH: built?.extensionsPath ?? join(dataDir, 'no-extensions'),
    CRM_DEMO_DATA: String(demo),
    SERVE_APP: String(studio),
  };
  let env = hostEnvironment(settings, TEST_SECRETS, { ...base, ...own });

  const installing = Object.fromEntries(Object.entries(own).filter(([name]) => name.startsWith('CRM_') && !ONLY_RUNNING.test(name)));
  const installEnv = hostEnvironment(settings, TEST_SECRETS, { ...base, ...installing });
  const template = { extensionHash: built?.hash ?? null, demo, overrides: installing };
  if (db === 'pg') await copyPostgresTemplate(template, installEnv, databaseName);
  else await copySqliteTemplate(template, installEnv, databaseFile);

  const url = `http://127.0.0.1:${port}`;
  const begin = async (readyAt = extension ? '/crm/health' : '/server/ping') => {
    const host = runHost(['start'], env);
    running.add(host);
    void host.ended.then(() => running.delete(host));
    await waitUntilReady(url, host, { path: readyAt }).catch(async (error: unknown) => {
      await host.stop();
      throw error;
    });
    return host;
  };
  const remove = async () => {
    rmSync(dataDir, { recursive: true, force: true });
    if (db === 'pg') await onServer(`DROP DATABASE IF EXISTS "${databaseName}" WITH (FORCE)`);
  };
  let host = await begin().catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  const database = db === 'pg' ? openPostgres(databaseName) : openSqlite(databaseFile);
  const clients = new Map<string, Promise<Client>>();
  const login = (email: string, password = DEMO_PASSWORD) => {
    const key = `${email}\0${password}`;
    const known = clients.get(key);
    if (known) return known;
    const fresh = logIn(url, email, password);
    clients.set(key, fresh);
    void fresh.catch(() => clients.delete(key));
    return fresh;
  };

  return {
    url,
    port,
    dataDir,
    env,
    database,
    anonymous: createClient(url, null),
    admin: () => login(DEMO_ADMIN),
    login,
    logs: () => host.output(),
    pid: () => host.child.pid!,
    restart: async (changed = {}, readyAt) => {
      await host.stop();
      env = { ...env, ...changed };
      clients.clear();
      host = await begin(readyAt);
    },
    crash: async () => {
      host.child.kill('SIGKILL');
      await host.ended;
      host = await begin();
    },
    halt: async () => void (await host.stop()),
    stop: async () => {
      await database.destroy();
      await host.stop();
      await remove();
    },
  };
}
