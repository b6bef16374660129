import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from '../platform/api/host.ts';
import { INSTALL_STATE, writeState } from '../platform/api/install-state.ts';

/** The last block, kept in two more places, so that a chain that was cut at its end is noticed. */
export interface Head {
  number: number;
  hash: string;
}

const KEY = 'audit:head';
const FILE = 'audit-head.json';

const isHead = (value: unknown): value is Head => {
  const head = value as Partial<Head> | null;
  return typeof head?.number === 'number' && typeof head.hash === 'string';
};

function parsed(text: string | null | undefined): Head | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    return isHead(value) ? { number: value.number, hash: value.hash } : null;
  } catch {
    return null;
  }
}

export const rememberHead = (database: Knex, head: Head): Promise<void> => writeState(database, KEY, JSON.stringify(head));

export async function rememberedHead(database: Knex): Promise<Head | null> {
  const row = await database<{ key: string; value: string | null }>(INSTALL_STATE).where({ key: KEY }).first('value');
  return parsed(row?.value);
}

/**
 * After the commit: the file may lag behind the chain by a block, never be ahead of it. A head that is no longer in the chain
 * stays, for verification to find.
 *
 * @param isKnown whether an earlier head is in the chain, or was purged from it.
 */
export async function fileHead(dataDir: string | null, head: Head, isKnown: (earlier: Head) => Promise<boolean>): Promise<void> {
  if (!dataDir) return;
  const file = join(dataDir, FILE);
  const known = await filedHead(dataDir);
  if (known && (known.number >= head.number || !(await isKnown(known)))) return;
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}.new`;
  await writeFile(fresh, `${JSON.stringify(head)}\n`, { mode: 0o600 });
  await rename(fresh, file);
}

export async function filedHead(dataDir: string | null): Promise<Head | null> {
  if (!dataDir) return null;
  return parsed(await readFile(join(dataDir, FILE), 'utf8').catch(() => null));
}
