/**
 * Another writer was in the way, so the same work may be tried again: SQLite, which does not wait for it inside a transaction that has
 * read already, and the serialization failures and deadlocks of PostgreSQL and CockroachDB.
 */
export const isBusy = (error: unknown): boolean =>
  /SQLITE_BUSY|database is locked|40001|40P01/u.test(`${String((error as { code?: unknown } | null)?.code)} ${String(error)}`);
