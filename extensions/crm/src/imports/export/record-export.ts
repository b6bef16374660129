import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { Lease } from '../../platform/api/lease.ts';
import { SUBJECT_KEYS, type SubjectKeyRow } from '../../privacy/index.ts';
import { askedOf, EXPORTS, type ExportFault, type ExportRow } from './export-row.ts';

/** The export is not this process's to go on with: somebody has stopped it, or it was given up as lost. */
export class ExportStopped extends Error {}

/** The row stands before the first byte of a file does: what is found without one belongs to nothing (F30). */
export async function recordBegun(database: Knex, row: ExportRow): Promise<void> {
  await database.transaction(async (transaction) => {
    await transaction(EXPORTS).insert({ ...row, user_created: row.owner });
    await changeLog().created(transaction, EXPORTS, [row.id]);
  });
}

/** How far it is; false where it runs no more. */
export async function recordProgress(database: Knex, id: string, { total, done }: { total: number; done: number }): Promise<boolean> {
  return (await database(EXPORTS).where({ id, status: 'running' }).update({ rows_total: total, rows_done: done })) === 1;
}

/** From running to anything else, once, with an entry in the log. */
async function end(transaction: Knex, id: string, values: Row): Promise<boolean> {
  return changeLog().around(transaction, EXPORTS, [id], async () => {
    return (await transaction(EXPORTS).where({ id, status: 'running' }).update(values)) === 1;
  });
}

/** Ends an export that leaves no file; false where it had ended already. */
export const recordEnd = (database: Knex, id: string, status: 'stopped' | 'failed', fault: ExportFault | null): Promise<boolean> =>
  database.transaction((transaction) => end(transaction, id, { status, fault: fault && JSON.stringify(fault) }));

/** What an export came to. */
export interface Outcome {
  expires_at: Date;
  fields: readonly string[];
  /** How many rows of each segment; null for rows that were deleted meanwhile. */
  segments: ReadonlyMap<string | null, number>;
  /** The key of the file: without it nobody reads what was written. */
  key: SubjectKeyRow;
}

/**
 * The result, the key of its file and the entries in the log: all of it, or nothing (design.md 5). There is an entry for
 * each segment whose rows were taken, which says how many of its own and nothing of others: so whoever reads the log of a
 * segment learns of every row that left it, whoever took it, and of no other row (ORG-2, SEC-3).
 */
export async function recordDone(database: Knex, lease: Lease, row: ExportRow, outcome: Outcome): Promise<void> {
  const { id, collection, format, reason, segment: place } = row;
  const { fields, segments, key, expires_at } = outcome;
  const { standing, ...chosen } = askedOf(row);
  const counts = segments.size ? [...segments] : ([[place, 0]] as const);
  const rows = counts.reduce((sum, [, count]) => sum + count, 0);
  const named = counts.flatMap(([segment]) => (segment === null ? [] : [segment]));
  await database.transaction(async (transaction) => {
    if (!(await lease.renew(transaction))) throw new ExportStopped();
    await transaction(SUBJECT_KEYS).insert(key);
    const asked = JSON.stringify({ ...chosen, fields, segments: named, standing });
    if (!(await end(transaction, id, { status: 'done', rows_total: rows, rows_done: rows, expires_at, asked }))) throw new ExportStopped();
    const { filter, search, sort, ids } = chosen;
    for (const [segment, count] of counts) {
      const after: Row = { export: id, rows: count, format, fields, filter, search, sort, ids: ids === null ? null : count };
      await changeLog().event(transaction, { action: 'export', collection, item: null, segment, after, reason });
    }
  });
}
