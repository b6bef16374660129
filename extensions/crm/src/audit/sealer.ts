import type { Clock } from '../platform/api/clock.ts';
import { inBackground } from '../platform/api/give-way.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keyring } from '../platform/api/keyring.ts';
import type { Keys } from '../platform/api/keys.ts';
import { fileHead, type Head } from './head.ts';
import { BLOCKS, LOG } from './journal.ts';
import { choresLease, sealingLease } from './lease.ts';
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

/** What long work asks between two steps: false ends it, and another time it goes on. */
export type GoOn = () => Promise<boolean>;

/** What rides along under a lease. */
export interface Duty {
  /** Reads only: nothing is written, the lease neither, while nothing is to be done. */
  isDue(ring: Keyring): Promise<boolean>;
  run(ring: Keyring, goOn: GoOn): Promise<void>;
}

interface Duties {
  /** Short, and before the sealing. */
  first?: readonly Duty[];
  /** May take long: beside the sealing, under a lease of their own, so that no entry waits for them. */
  beside?: readonly Duty[];
}

/** Keeps the chain behind the log by some seconds, catches up after a stop, one node at a time (design.md 7). */
export function createSealer(
  { database, logger }: HostContext,
  keys: Keys,
  settings: AuditSettings,
  clock: Clock,
  { first = [], beside = [] }: Duties = {},
): Sealer {
  const lease = sealingLease(database, clock);
  const own = choresLease(database, clock);
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let isBusy = false;
  let stopped = false;

  /** Below the first block that stands it was purged, and verification asks for the summary of that. */
  async function isKnown({ number, hash }: Head): Promise<boolean> {
    const first = await database(BLOCKS).orderBy('number').first('number');
    return number < Number(first?.number) || (await database(BLOCKS).where({ number, hash }).first('id')) !== undefined;
  }

  async function sealAll(ring: Keyring): Promise<void> {
    for (;;) {
      const done = await inBackground(database, () => sealOnce(database, ring, clock));
      if (!done) return;
      await fileHead(settings.dataDir, done.head, isKnown);
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

  async function dueOf(duties: readonly Duty[], ring: Keyring): Promise<Duty[]> {
    const due: Duty[] = [];
    for (const duty of duties) if (await tried(() => duty.isDue(ring), false)) due.push(duty);
    return due;
  }

  async function workNow(): Promise<void> {
    const ring = keys.ring();
    if (!ring.accepted) return;
    const due = await dueOf(first, ring.value);
    if (!due.length && !(await database(LOG).whereNull('block').first('id'))) return;
    if (!(await lease.take())) return;
    try {
      for (const duty of due) await tried(() => duty.run(ring.value, () => lease.take()), undefined);
      await sealAll(ring.value);
    } finally {
      await lease.release();
    }
  }

  async function workBeside(): Promise<void> {
    const ring = keys.ring();
    if (!ring.accepted || isBusy) return;
    isBusy = true;
    try {
      const due = await dueOf(beside, ring.value);
      if (!due.length || !(await own.take())) return;
      const goOn = async () => !stopped && (await own.take());
      for (const duty of due) await tried(() => duty.run(ring.value, goOn), undefined);
      if (!stopped) await own.release();
    } catch (error) {
      if (!stopped) logger.error(`crm: a duty of the audit log failed: ${String(error)}`);
    } finally {
      isBusy = false;
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

  const wake = () => {
    void work();
    void workBeside();
  };

  return {
    work,
    start() {
      timer ??= setInterval(wake, WAKE_MS);
      timer.unref();
      wake();
    },
    stop() {
      stopped = true;
      if (timer) clearInterval(timer);
      timer = null;
    },
  };
}
