import type { Knex } from './host.ts';

/** One thing that somebody did, as the audit log takes it: never the value itself. */
export interface AuditEntry {
  action: 'reveal';
  collection: string;
  item: string;
  /** The field it was about. */
  field: string;
  user: string;
  segment: string | null;
  reason: string | null;
  at: Date;
}

/**
 * Writes an entry of the audit log inside the transaction of what it tells of (design.md 5): both stand, or neither.
 * The slice `audit` provides it; `entries/` hands it to whoever acts.
 */
export type RecordAudit = (transaction: Knex, entry: AuditEntry) => Promise<void>;
