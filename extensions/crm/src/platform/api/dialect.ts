import type { Knex } from './host.ts';

/** SQLite has one connection for all and one writer, and keeps JSON as text. */
export const isSqlite = (database: Knex): boolean => String(database.client.config.client).startsWith('sqlite');
