import type { Knex, Row } from './host.ts';

/** Something that happened, beyond the host's own writes of rows: a reveal, an export, a log-in, a purge. */
export interface LoggedEvent {
  action: string;
  collection: string;
  item: string | null;
  /** Whose segment admins may read it; null: administrators and auditors only. */
  segment?: string | null;
  /** Masks and names only, never a value that is sealed. */
  before?: Row | null;
  after?: Row | null;
  reason?: string | null;
}

/**
 * The audit log as other slices see it (SEC-3); `entries/` provides it. Everything is written with `database`, so inside a
 * transaction it stands or falls with the change. Who and from where comes from `currentOrigin()`.
 */
export interface ChangeLog {
  /**
   * Runs a set-based write of ours and logs each of the rows `ids` that it changed or deleted, as the slow path would. In a
   * transaction the rows are held first: what others change meanwhile comes before or after, with an entry of its own.
   */
  around<T>(database: Knex, collection: string, ids: readonly string[], work: () => Promise<T>): Promise<T>;
  /**
   * Logs rows that our own code has just inserted.
   *
   * @param stored the same rows as the database gave them back, under keys that no row has borne before: then nothing is read.
   */
  created(database: Knex, collection: string, ids: readonly string[], stored?: readonly Row[]): Promise<void>;
  /**
   * Runs a set-based write of ours that changes these columns of these rows and no others, and logs it with what stood before and stands
   * then, where neither is sealed or personal: the same entries as `around`, without reading the rows again. The rows are held by the
   * transaction.
   */
  rewriting(database: Knex, collection: string, rows: readonly Rewritten[], work: () => PromiseLike<unknown>): Promise<void>;
  event(database: Knex, event: LoggedEvent): Promise<void>;
}

/** A row that a set-based write of ours holds and changes. */
export interface Rewritten {
  id: string;
  /** Where it stands, before and after. */
  segment: string | null;
  before: Row;
  after: Row;
}

/** While nothing is provided (unit tests of a slice, the installer before the first start) nothing is logged. */
const SILENT: ChangeLog = {
  around: (_database, _collection, _ids, work) => work(),
  created: async () => undefined,
  rewriting: async (_database, _collection, _rows, work) => void (await work()),
  event: async () => undefined,
};

let provided: ChangeLog = SILENT;

export const provideChangeLog = (log: ChangeLog): void => {
  provided = log;
};

export const changeLog = (): ChangeLog => provided;

const CHUNK = 500;

/**
 * A set-based update of ours with an entry for every row that it changes. Nothing is written where no row fits. What is
 * written are the rows that were held and still fit then, so that no change of somebody else is signed as ours.
 *
 * @param where picks the rows; asked again once they are held.
 */
export async function updateLogged(
  database: Knex,
  collection: string,
  where: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
  values: Row,
): Promise<void> {
  const ids: string[] = await where(database(collection)).pluck('id');
  if (!ids.length) return;
  await provided.around(database, collection, ids, async () => {
    for (let at = 0; at < ids.length; at += CHUNK)
      await database(collection)
        .whereIn('id', ids.slice(at, at + CHUNK))
        .andWhere((fitting) => void where(fitting))
        .update(values);
  });
}
