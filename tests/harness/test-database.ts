import knex, { type Knex } from 'knex';

export interface PostgresServer {
  host: string;
  port: number;
  user: string;
  password: string;
}

/** The PostgreSQL of this test run: what `postgres-setup.ts` found or started. */
export function postgresServer(): PostgresServer {
  const stored = process.env['CRM_TEST_POSTGRES'];
  return stored ? (JSON.parse(stored) as PostgresServer) : { host: '127.0.0.1', port: 5432, user: 'postgres', password: 'postgres' };
}

/** The host's settings for one database of that server. */
export function postgresEnvironment(database: string): Record<string, string> {
  const { host, port, user, password } = postgresServer();
  return { DB_CLIENT: 'pg', DB_HOST: host, DB_PORT: String(port), DB_USER: user, DB_PASSWORD: password, DB_DATABASE: database };
}

export function openPostgres(database: string): Knex {
  const { host, port, user, password } = postgresServer();
  return knex({ client: 'pg', connection: { host, port, user, password, database }, pool: { min: 0, max: 4 } });
}

const BUSY_MS = 15_000;

export function openSqlite(filename: string): Knex {
  // A host that is writing lets nobody else in: a test waits for it, as another process of the product would.
  const afterCreate = (
    connection: { configure(name: 'busyTimeout', ms: number): void },
    done: (error: Error | null, one: unknown) => void,
  ) => {
    connection.configure('busyTimeout', BUSY_MS);
    done(null, connection);
  };
  return knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true, pool: { min: 1, max: 1, afterCreate } });
}

/**
 * Writes between two writes of a busy host, however short the pause is: SQLite's own waiting grows longer each time, until the host is done.
 */
export async function inBetween(database: Knex, write: () => PromiseLike<unknown>): Promise<void> {
  if (!String(database.client.config.client).startsWith('sqlite')) return void (await write());
  await database.raw('PRAGMA busy_timeout = 0');
  try {
    for (let isDone = false; !isDone;)
      isDone = await Promise.resolve(write()).then(
        () => true,
        (error: unknown) => {
          if ((error as { code?: unknown } | null)?.code !== 'SQLITE_BUSY') throw error;
          return false;
        },
      );
  } finally {
    await database.raw(`PRAGMA busy_timeout = ${BUSY_MS}`);
  }
}

/** Runs statements that need no database of their own (CREATE DATABASE …). Names come from the harness, never from outside. */
export async function onServer(...statements: string[]): Promise<void> {
  const connection = openPostgres('postgres');
  try {
    for (const statement of statements) await connection.raw(statement);
  } finally {
    await connection.destroy();
  }
}

export async function databaseExists(name: string): Promise<boolean> {
  const connection = openPostgres('postgres');
  try {
    return (await connection('pg_database').where({ datname: name }).first('datname')) !== undefined;
  } finally {
    await connection.destroy();
  }
}
