import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Clock } from './clock.ts';
import type { Knex } from './host.ts';
import { INSTALL_STATE, writeState } from './install-state.ts';

interface Holder {
  token: string;
  host: string;
  until: number;
}

export interface Lease {
  /** Takes it, or takes it for longer; false while somebody else holds it. */
  take(): Promise<boolean>;
  /**
   * The same inside a transaction of the work itself: what is written there stands only if the lease was still ours at that
   * moment, however late its holder woke up.
   */
  renew(transaction: Knex): Promise<boolean>;
  release(): Promise<void>;
  /** Whether somebody holds it now. */
  isHeld(): Promise<boolean>;
}

/**
 * Who does a piece of background work now, on one node of several (design.md 7). A holder that dies keeps others waiting no
 * longer than `ms`.
 */
export function createLease(database: Knex, clock: Clock, { key, ms }: { key: string; ms: number }): Lease {
  const me = { token: randomUUID(), host: hostname() };
  const read = async (from: Knex): Promise<string | null> => (await from(INSTALL_STATE).where({ key }).first('value'))?.value ?? null;
  const holderIn = (text: string | null): Holder | null => {
    try {
      return text ? (JSON.parse(text) as Holder) : null;
    } catch {
      return null;
    }
  };
  const swap = async (from: Knex, expected: string, next: string) =>
    (await from(INSTALL_STATE).where({ key, value: expected }).update({ value: next })) === 1;
  const mine = () => JSON.stringify({ ...me, until: clock.now().getTime() + ms });
  const isLive = (holder: Holder | null): boolean => {
    const now = clock.now().getTime();
    return Boolean(holder?.token) && holder!.until > now && holder!.until < now + 10 * ms;
  };

  return {
    async take() {
      let current = await read(database);
      if (current === null) {
        await writeState(database, key, '{}');
        current = await read(database);
      }
      const holder = holderIn(current);
      if (isLive(holder) && holder!.token !== me.token) return false;
      return swap(database, current ?? '', mine());
    },
    async renew(transaction) {
      const current = await read(transaction);
      return holderIn(current)?.token === me.token && swap(transaction, current!, mine());
    },
    async release() {
      const current = await read(database);
      if (holderIn(current)?.token === me.token) await swap(database, current!, '{}');
    },
    async isHeld() {
      return isLive(holderIn(await read(database)));
    },
  };
}
