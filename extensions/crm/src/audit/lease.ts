import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from '../platform/api/clock.ts';
import type { Knex } from '../platform/api/host.ts';
import { writeState } from './head.ts';

/** How long a holder that died keeps others waiting; less than the five seconds in which an entry is sealed. */
const LEASE_MS = 3000;

interface Holder {
  token: string;
  host: string;
  until: number;
}

/** What is one node's at a time: sealing, and what takes longer than an entry may wait for its block. */
const KEYS = { sealing: 'audit:lease', chores: 'audit:chores' } as const;

/**
 * Who seals now (design.md 7). The chain does not rest on it: two that seal at once meet at the block's number, which is
 * unique, and one of them rolls back. It only keeps nodes from trying in vain.
 */
export function createLease(database: Knex, clock: Clock, what: keyof typeof KEYS = 'sealing') {
  const key = KEYS[what];
  const me = { token: randomUUID(), host: hostname() };
  const read = async (): Promise<string | null> => (await database('crm_install_state').where({ key }).first('value'))?.value ?? null;
  const holderIn = (text: string | null): Holder | null => {
    try {
      return text ? (JSON.parse(text) as Holder) : null;
    } catch {
      return null;
    }
  };
  const swap = async (expected: string, next: string) =>
    (await database('crm_install_state').where({ key, value: expected }).update({ value: next })) === 1;

  return {
    async take(): Promise<boolean> {
      let current = await read();
      if (current === null) {
        await writeState(database, key, '{}');
        current = await read();
      }
      const now = clock.now().getTime();
      const holder = holderIn(current);
      if (holder?.token && holder.token !== me.token && holder.until > now && holder.until < now + 10 * LEASE_MS) return false;
      return swap(current ?? '', JSON.stringify({ ...me, until: now + LEASE_MS }));
    },
    async release(): Promise<void> {
      const current = await read();
      if (holderIn(current)?.token === me.token) await swap(current!, '{}');
    },
  };
}
