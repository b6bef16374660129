import { stableId } from '../ids.ts';
import type { Knex } from '../../extensions/crm/src/platform/api/host.ts';

/** The installer's own memory: what it wrote last, under which key. One row a key, so a step is remembered with its work. */
export const STATE_COLLECTION = 'crm_install_state';

/** Marks the table as ours; without it a table of this name is somebody else's. */
export const PRODUCT_KEY = 'product';
export const PRODUCT = 'group-crm';

export interface StateEntry<T = unknown> {
  value: T;
  hash: string;
}

/** Keys: `collection:<name>`, `rows:<part>`, `settings:<part>`, `run:<part>`, `host`, `lease`, `product`. */
export class InstallState {
  private readonly entries = new Map<string, StateEntry>();

  async load(database: Knex): Promise<void> {
    this.entries.clear();
    for (const row of await database(STATE_COLLECTION).select('key', 'value', 'hash')) {
      this.entries.set(row.key, { value: parse(row.value), hash: row.hash ?? '' });
    }
  }

  get<T>(key: string): StateEntry<T> | undefined {
    return this.entries.get(key) as StateEntry<T> | undefined;
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /** Written with `connection`, so that it stands or falls with the work it remembers; `settle` makes it known here. */
  async write(connection: Knex, key: string, entry: StateEntry): Promise<void> {
    await writeStateRow(connection, key, JSON.stringify(entry.value), entry.hash);
  }

  /** To be called after the transaction of `write` has ended. */
  settle(key: string, entry: StateEntry): void {
    this.entries.set(key, entry);
  }
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export async function writeStateRow(connection: Knex, key: string, value: string, hash = ''): Promise<void> {
  await connection(STATE_COLLECTION)
    .insert({ id: stableId(`state:${key}`), key, value, hash })
    .onConflict('id')
    .merge(['value', 'hash']);
}
