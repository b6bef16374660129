import type { Knex } from './host.ts';

/**
 * Whether `column` is one of `values`, however many there are: one value in the statement, so that thousands of keys cost no
 * more to say than one (PostgreSQL: an array, SQLite: a list of JSON).
 */
export function among(database: Knex, column: string, values: readonly string[]): (query: Knex.QueryBuilder) => void {
  const isPostgres = String(database.client.config.client).startsWith('pg');
  return (query) =>
    void (isPostgres
      ? query.whereRaw('?? = any(?)', [column, values as never])
      : query.whereRaw('?? in (select value from json_each(?))', [column, JSON.stringify(values)]));
}
