import type { Clock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { fileHead } from './head.ts';
import { LOG } from './journal.ts';
import { sealingLease } from './lease.ts';
import { BLOCK_ROWS, sealOnce } from './seal.ts';
import type { AuditSettings } from './settings.ts';

/** How often the sealer looks; an entry is in the chain within five seconds. */
const WAKE_MS = 2000;

export interface Sealer {
  start(): void;
  /** The host closes its database before it says that it stops: what is left is sealed after the next start. */
  stop(): void;
  /** One look: all that is due and not yet done. */
  work(): Promise<void>;
}

/** What rides along under the sealer's lease. */
export interface Duty {
  /** Reads only: nothing is written, the lease neither, while nothing is to be done. */
  isDue(ring: Keyring): Promise<boolean>;
  run(ring: Keyring): Promise<void>;
}

/** Keeps the chain behind the log by some seconds, catches up after a stop, one node at a time (design.md 7). */
export function createSealer(
  { database, logger }: HostContext,
  keys: Keys,
  settings: AuditSettings,
  clock: Clock,
  duties: readonly Duty[] = [],
): Sealer {
  const lease = sealingLease(database, clock);
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let stopped = false;

  async function sealAll(ring: Keyring): Promise<void> {
    for (;;) {
      const done = await sealOnce(database, ring, clock);
      if (!done) return;
      await fileHead(settings.dataDir, done.head);
      if (done.count < BLOCK_ROWS || !(await lease.take())) return;
    }
  }

  /** A duty that fails keeps nothing from being sealed. */
  async function tried<Result>(duty: () => Promise<Result>, otherwise: Result): Promise<Result> {
    try {
      return await duty();
    } catch (error) {
      if (!stopped) logger.error(`crm: a duty of the audit log failed: ${String(error)}`);
      return otherwise;
    }
  }

  async function workNow(): Promise<void> {
    const ring = keys.ring();
    if (!ring.accepted) return;
    const due: Duty[] = [];
    for (const duty of duties) if (await tried(() => duty.isDue(ring.value), false)) due.push(duty);
    if (!due.length && !(await database(LOG).whereNull('block').first('id'))) return;
    if (!(await lease.take())) return;
    try {
      for (const duty of due) await tried(() => duty.run(ring.value), undefined);
      await sealAll(ring.value);
    } finally {
      await lease.release();
    }
  }

  const work = (): Promise<void> => {
    running ??= workNow()
      .catch((error: unknown) => {
        if (!stopped) logger.error(`crm: the audit log could not be sealed: ${String(error)}`);
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    work,
    start() {
      timer ??= setInterval(() => void work(), WAKE_MS);
      timer.unref();
      void work();
    },
    stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
