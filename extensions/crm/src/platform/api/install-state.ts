import { randomUUID } from 'node:crypto';
import type { Knex } from './host.ts';

/** Small facts of the installation itself, one text by name: marks of the installer, heads, leases. */
export const INSTALL_STATE = 'crm_install_state';

export async function writeState(database: Knex, key: string, value: string): Promise<void> {
  const updated = await database(INSTALL_STATE).where({ key }).update({ value });
  if (!updated) await database(INSTALL_STATE).insert({ id: randomUUID(), key, value, hash: '' }).onConflict('key').ignore();
}
