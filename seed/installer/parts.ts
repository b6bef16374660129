import type { Knex, Row, SchemaOverview } from '../../extensions/crm/src/platform/api/host.ts';

/**
 * What an upgrade may do with rows that we brought earlier:
 * - `insert-missing` a row is written once and then belongs to the administrator (calendar days, stages, regions)
 * - `keep-ours`      a newer version of ours is written as long as the stored row is still the one we wrote; an
 *                    administrator's change or deletion stays (presets, dashboards, texts)
 * - `exact`          the row is ours: what is new or changed in our version is written over whatever stands there, what
 *                    our version dropped is deleted (roles, policies, permissions). An edit by hand stays until our
 *                    version changes the row or `repair` is asked for; the doctor reports it meanwhile.
 */
export type RowPolicy = 'insert-missing' | 'keep-ours' | 'exact';

/** Where a part belongs. Absent: every installation. */
export type PartScope = 'own-host' | 'demo';

interface PartBase {
  /** Stable and unique; the installer remembers under this name what it wrote. Never rename it. */
  name: string;
  /** `own-host`: not in a Directus of others. `demo`: only with CRM_DEMO=true. */
  scope?: PartScope;
}

/** Rows with fixed ids in one collection, ours or the host's. */
export interface RowPart extends PartBase {
  kind: 'rows';
  collection: string;
  policy: RowPolicy;
  /**
   * Columns that name a row, default `['id']`. Where the host numbers the rows itself (directus_permissions,
   * directus_presets, directus_translations …) leave `id` out and name the natural key, for example
   * `['policy', 'collection', 'action']`.
   */
  key?: readonly string[];
  rows: readonly Row[];
}

/** Values of the host's settings; written only where the stored value is empty, the host's default or our last one. */
export interface SettingsPart extends PartBase {
  kind: 'settings';
  scope: 'own-host';
  values: Row;
}

export interface RunContext {
  database: Knex;
  schema: SchemaOverview;
  getSchema: () => Promise<SchemaOverview>;
  /** The host's services (ItemsService, UsersService …). */
  services: Record<string, never>;
  env: Record<string, unknown>;
  /** The moment of the installation; demo dates are relative to it. */
  now: Date;
  /** One line of progress for the terminal. */
  progress: (line: string) => void;
}

/**
 * Work that is more than rows (the demo group). Runs until it has finished once for `version`; killed on the way, it
 * runs again from the start, so it must be able to meet its own rows (fixed ids, `insert … on conflict do nothing`).
 */
export interface RunPart extends PartBase {
  kind: 'run';
  version: string;
  /** Returns how many rows it wrote. */
  run: (context: RunContext) => Promise<number>;
}

export type SeedPart = RowPart | SettingsPart | RunPart;
