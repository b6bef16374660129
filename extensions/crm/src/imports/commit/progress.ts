import { undoUntil } from '../rules/standing.ts';
import type { ImportRecord } from './import-record.ts';

/** How far an import is, as its buttons answer. */
export const progressOf = (record: ImportRecord) => ({
  id: record.id,
  status: record.status,
  counts: {
    total: record.rows_total,
    new: record.rows_new,
    update: record.rows_updated,
    known: record.rows_known,
    suspect: record.rows_suspect,
    error: record.rows_faulty,
    done: record.rows_done,
  },
  sample: { state: record.sample_state },
  undo_until: undoUntil({ ...record, finished: record.finished_at ? new Date(record.finished_at as string) : null })?.toISOString() ?? null,
});
