import type { Knex, SchemaOverview } from '../../platform/api/host.ts';
import type { ExpectedAccess } from './rules/stored-access.ts';

/** What the doctor asks about sealed values (SEC-1); `privacy` knows, `entries/` hands it in. */
export interface SealingPort {
  /** Why the master keys cannot be used; null where they can. */
  keyFault(): { reason: 'keys_missing' | 'key_unreadable' | 'key_twice'; place?: number; id?: string } | null;
  /**
   * Values that stand in clear, values that do not open (`collection/item/field`), flows that go around the sealing, keys of
   * rows that are gone, and master keys that are missing or are others under the same id.
   */
  examine(
    database: Knex,
    schema: SchemaOverview,
    now: Date,
  ): Promise<{
    unsealed: { collection: string; field: string; count: number }[];
    damaged: string[];
    flows: { reason: 'flow_without_events' | 'flow_inside_write'; flow: string; operation: string }[];
    orphans: number;
    masters: { id: string; count: number; fault: 'absent' | 'wrong' }[];
  }>;
  /** Erases the keys of rows that are gone; how many. */
  sweep(database: Knex, now: Date): Promise<number>;
}

/** What the doctor asks about the audit log (SEC-3); `audit` knows, `entries/` hands it in. */
export interface LoggingPort {
  /** Operations of flows that write what is logged without telling of it, by their names. */
  silentOperations(database: Knex, schema: SchemaOverview): Promise<{ flow: string; operation: string }[]>;
}

/** What the doctor compares with; handed in by entries/ as plain data, since it may not know the seed. */
export interface DoctorPlan {
  /** The access matrix, without the administrator's own fields. */
  expected: ExpectedAccess;
  /** Version of this extension. */
  version: string;
  /** Composite indexes that lists and row rules live on. */
  indexes: readonly { name: string; table: string }[];
  /** Names of the indexes that stand. */
  readIndexNames(database: Knex): Promise<ReadonlySet<string>>;
  sealing: SealingPort;
  logging: LoggingPort;
  /** Rows whose segment or owner is not that of the row they hang on, counted by relation (design.md 2). */
  recountTree(database: Knex): Promise<{ child: string; field: string; parent: string; count: number }[]>;
  /** Records whose kept marks are not those of their activities, counted by collection; with `repair` they are brought back. */
  recountMarks(database: Knex, options?: { repair?: boolean }): Promise<{ collection: string; count: number }[]>;
}
