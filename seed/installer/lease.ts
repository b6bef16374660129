import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Knex } from '../../extensions/crm/src/platform/api/host.ts';
import { STATE_COLLECTION, writeStateRow } from './state.ts';

const LEASE_MS = 60_000;
const RENEW_MS = 10_000;
const POLL_MS = 500;

interface Holder {
  token: string;
  host: string;
  pid: number;
  until: number;
}

function isGone(holder: Holder, now: number): boolean {
  if (holder.until < now) return true;
  if (holder.host !== hostname()) return false;
  if (holder.pid === process.pid) return true;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

const read = async (database: Knex): Promise<string> =>
  (await database(STATE_COLLECTION).where({ key: 'lease' }).first('value'))?.value ?? '';

/** Changes the row only where it still holds `expected`: of two that try at once, one wins. */
const swap = async (database: Knex, expected: string, next: string): Promise<boolean> =>
  (await database(STATE_COLLECTION).where({ key: 'lease', value: expected }).update({ value: next })) === 1;

/**
 * Runs `work` while nobody else installs into this database. A holder that died on this machine is passed over at once,
 * one that died elsewhere after a minute. The row is empty again afterwards: an idle installation leaves no trace.
 */
export async function underLease<T>(database: Knex, onWait: (holder: string) => void, work: () => Promise<T>): Promise<T> {
  const me = { token: randomUUID(), host: hostname(), pid: process.pid };
  const mine = () => JSON.stringify({ ...me, until: Date.now() + LEASE_MS });
  let held = mine();
  for (let told = false; ;) {
    const current = await read(database);
    const free = current === '' || isGone(JSON.parse(current) as Holder, Date.now());
    if (free && (await swap(database, current, (held = mine())))) break;
    if (!told && current) onWait(`${(JSON.parse(current) as Holder).host}, pid ${(JSON.parse(current) as Holder).pid}`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  const renewal = setInterval(() => {
    const next = mine();
    void swap(database, held, next).then(
      (done) => {
        if (done) held = next;
      },
      () => undefined,
    );
  }, RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    await releaseLease(database, me.token);
  }
}

/** Tries again where a renewal that was under way came between reading and writing. */
async function releaseLease(database: Knex, token: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const current = await read(database);
    if (current === '' || (JSON.parse(current) as Holder).token !== token) return;
    if (await swap(database, current, '')) return;
  }
}

/** The row that leases live in; written with the table itself. */
export const createLeaseRow = (connection: Knex): Promise<void> => writeStateRow(connection, 'lease', '');
