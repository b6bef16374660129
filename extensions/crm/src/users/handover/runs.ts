import { among } from '../../platform/api/among.ts';
import { isSqlite } from '../../platform/api/dialect.ts';
import { giveWay } from '../../platform/api/give-way.ts';
import { INSTALL_STATE } from '../../platform/api/install-state.ts';
import { createLease, type Lease } from '../../platform/api/lease.ts';
import { Refusal } from '../../platform/api/refusal.ts';
import { informPlanner } from '../../platform/api/statistics.ts';
import type { HandoverPorts } from './ports.ts';
import { HANDOVERS, JOURNAL } from './record.ts';
import { oneStep } from './work.ts';

/** How long a node that died keeps a hand-over to itself, at most. */
const LEASE_MS = 5000;
const PAUSES_MS = [500, 1000, 2000, 4000];

/** Roots in one step: as many as take about as long as others may wait; their trees are of any size. */
const FIRST = 20;
const FEWEST = 1;
const MOST = 1000;
/** Where there is one connection for all, nobody gets a turn during a step; elsewhere only who wants the very same rows waits. */
const LONGEST_MS = { one: 300, many: 800 };
const LONGEST_BESIDE_OTHERS_MS = { one: 40, many: 200 };
/** Fewer cost no less: a step looks into every kind of row below them. */
const LEAST = 5;

/** Trees that are so large that a few take this many times as long as they may go one by one. */
const FAR_TOO_LONG = 0.1;
const nextMost = (most: number, room: number): number =>
  Math.round(Math.min(MOST, Math.max(room < FAR_TOO_LONG ? FEWEST : LEAST, most * Math.min(2, room))));

export interface Runs {
  /** Goes on with a hand-over or an undo; resolves when it has come to its end, or cannot go on. */
  start(id: string): Promise<void>;
  /** Goes on with what a process that died has left (design.md 7). */
  resume(): Promise<void>;
  /** Forgets the journal of what can no longer be taken back; what an undo spared stays listed. */
  sweep(): Promise<void>;
  /** Ends after the step that is being done; another process goes on from there. */
  stop(): void;
}

/** What a row itself is the reason of: values or links that the database or a rule of ours refuses, however often it is tried. */
const isOfARow = (error: unknown): boolean =>
  error instanceof Refusal ||
  /^(?:22|23)\w{3}$|^SQLITE_(?:CONSTRAINT|MISMATCH|TOOBIG|RANGE)/u.test(String((error as { code?: unknown } | null)?.code));

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const keyOf = (id: string): string => `handover:${id}`;

/**
 * The background work of hand-overs in this process: one run for each, one node at a time, others first.
 *
 * @param ended is told when rows have changed hands.
 */
export function createRuns(ports: HandoverPorts, ended: () => Promise<void>): Runs {
  const { database, logger } = ports.context;
  const running = new Map<string, Promise<void>>();
  let stopped = false;
  const leaseOf = (id: string): Lease => createLease(database, ports.clock, { key: keyOf(id), ms: LEASE_MS });

  async function steps(id: string, lease: Lease): Promise<void> {
    const inform = informPlanner(database, { crm_audit: ['collection', 'item', 'block'], crm_handover_rows: ['handover', 'state'] });
    const connections = isSqlite(database) ? 'one' : 'many';
    let most = FIRST;
    let isCrowded = false;
    let failures = 0;
    let rows = 0;
    let isRefused = false;
    while (!stopped) {
      const began = performance.now();
      try {
        const done = await oneStep(ports, id, lease, most, isRefused);
        if (done === null) return;
        failures = 0;
        isRefused = false;
        rows += done;
        const took = performance.now() - began;
        const longest = (isCrowded ? LONGEST_BESIDE_OTHERS_MS : LONGEST_MS)[connections];
        if (done === most || took > longest) most = nextMost(most, longest / Math.max(took, 1));
        await inform(rows);
        isCrowded = await giveWay(database, isCrowded);
      } catch (error) {
        const pause = PAUSES_MS[failures];
        failures += 1;
        if (pause === undefined || stopped) throw error;
        // One at a time finds the one that cannot go; the others go on.
        isRefused = most === FEWEST && isOfARow(error);
        most = FEWEST;
        if (!isOfARow(error)) await wait(pause);
        await lease.take();
      }
    }
  }

  async function work(id: string): Promise<void> {
    const lease = leaseOf(id);
    if (!(await lease.take())) return;
    try {
      await steps(id, lease);
      await ended();
    } catch (error) {
      // The host's own errors repeat the values of a statement.
      if (!stopped) logger.error(`crm: hand-over ${id} was interrupted: ${(error as { code?: string }).code ?? (error as Error).name}`);
    } finally {
      await lease.release().catch(() => undefined);
      await database(INSTALL_STATE)
        .where({ key: keyOf(id), value: '{}' })
        .delete()
        .catch(() => undefined);
    }
  }

  const start = (id: string): Promise<void> => {
    const run: Promise<void> = (running.get(id) ?? Promise.resolve())
      .then(() => work(id))
      .catch((error: unknown) => {
        if (!stopped) logger.error(`crm: hand-over ${id}: ${(error as Error).name}`);
      })
      .finally(() => {
        if (running.get(id) === run) running.delete(id);
      });
    running.set(id, run);
    return run;
  };

  return {
    start,
    async resume() {
      const left: string[] = await database(HANDOVERS).whereIn('state', ['running', 'undoing']).orderBy('id').pluck('id');
      for (const id of left) {
        if (running.has(id) || (await leaseOf(id).isHeld())) continue;
        logger.info(`crm: hand-over ${id} goes on where it was interrupted`);
        void start(id);
      }
    },
    async sweep() {
      const over: string[] = await database(HANDOVERS)
        .whereIn('state', ['done', 'undone'])
        .where('undo_until', '<', ports.clock.now())
        .pluck('id');
      if (over.length)
        await database(JOURNAL)
          .where(among(database, 'handover', over))
          .whereNot({ state: 'kept' })
          .delete();
    },
    stop() {
      stopped = true;
    },
  };
}
