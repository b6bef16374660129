import type { Knex } from '../../platform/api/host.ts';
import type { ExpectedAccess } from './rules/stored-access.ts';

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
  /** Rows whose segment or owner is not that of the row they hang on, counted by relation (design.md 2). */
  recountTree(database: Knex): Promise<{ child: string; field: string; parent: string; count: number }[]>;
}
