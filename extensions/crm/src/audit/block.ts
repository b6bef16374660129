import { createHash, createHmac } from 'node:crypto';
import { momentText, PURPOSE } from './entry.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import { canonical } from './rules/canonical.ts';

/** A block of the chain as it is stored. */
export interface Block {
  number: number;
  kind: 'rows' | 'purge';
  previous: string | null;
  hash: string;
  rows: number;
  first_at: unknown;
  last_at: unknown;
  sealed_at: unknown;
  /** JSON: `[[id, digest], …]`, or what a purge removed. */
  contents: string;
  key: string | null;
  mac: string | null;
}

/** What a purge leaves behind. */
export interface PurgeSummary {
  /** The last block that was removed, and its hash: the chain goes on from there. */
  through: number;
  hash: string;
  rows: number;
  /** Everything before this moment is gone. */
  until: string;
  /** Who had what at that moment: the history of rights goes on from there. */
  rights: unknown;
}

export type Contents = [id: string, digest: string][];

type Unhashed = Omit<Block, 'hash' | 'key' | 'mac'>;

const moment = (value: unknown): string | null => (value === null || value === undefined ? null : momentText(value));

export function hashOf({ number, kind, previous, rows, first_at, last_at, sealed_at, contents }: Unhashed): string {
  const said = [Number(number), kind, previous, Number(rows), moment(first_at), moment(last_at), moment(sealed_at), contents];
  return createHash('sha256').update(canonical(said)).digest('hex');
}

export const macOf = (hash: string, key: Buffer): string => createHmac('sha256', key).update(`block ${hash}`).digest('hex');

/** Closes a block: its hash, and a signature that nobody makes without the keys. */
export function sealed(block: Unhashed, ring: Keyring): Block {
  const hash = hashOf(block);
  return { ...block, hash, key: ring.active, mac: macOf(hash, ring.derive(PURPOSE)) };
}
