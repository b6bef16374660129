import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { INSTALL_STATE } from '../../platform/api/install-state.ts';
import { createLease, type Lease } from '../../platform/api/lease.ts';
import { ExportStopped, recordProgress } from './record-export.ts';

/** How long a process may be silent before its exports are taken for lost with it (F33). */
const LEASE_MS = 5000;
/** How often an export gives a sign of life, says how far it is and looks whether somebody has stopped it. */
const BEAT_MS = 1000;

const keyOf = (owner: string): string => `export:${owner}`;

/** The right to make an export in somebody's name: one at a time, whichever node makes it. */
export const leaseOf = (database: Knex, clock: Clock, owner: string): Lease =>
  createLease(database, clock, { key: keyOf(owner), ms: LEASE_MS });

/** Gives the right back, and leaves no line about it. */
export async function giveBack(database: Knex, lease: Lease, owner: string): Promise<void> {
  await lease.release();
  await database(INSTALL_STATE)
    .where({ key: keyOf(owner), value: '{}' })
    .delete();
}

/** An export at work in this process. */
export interface Watch {
  lease: Lease;
  /** Aborted with the reason for which the work is to end. */
  halt: AbortController;
  /** The row, once it stands. */
  id: string | null;
  progress: { total: number; done: number };
  /** Between two pages: throws where the work is to end. */
  goOn(): void;
  /** Ends the signs of life, and waits for the one that is being given: afterwards the right is touched by nobody else. */
  rest(): Promise<void>;
}

/** Follows an export by the clock, not by its pages: one page can take longer than a process may be silent. */
export function watchOf(database: Knex, lease: Lease): Watch {
  const halt = new AbortController();
  let beating: Promise<void> | null = null;
  const watch: Watch = {
    lease,
    halt,
    id: null,
    progress: { total: 0, done: 0 },
    goOn: () => halt.signal.throwIfAborted(),
    async rest() {
      clearInterval(timer);
      await beating;
    },
  };
  async function beat(): Promise<void> {
    if (!(await lease.take())) throw new ExportStopped();
    if (watch.id && !(await recordProgress(database, watch.id, watch.progress))) throw new ExportStopped();
  }
  const timer = setInterval(() => {
    beating ??= beat()
      .catch((error: unknown) => halt.abort(error))
      .finally(() => (beating = null));
  }, BEAT_MS);
  timer.unref();
  return watch;
}
