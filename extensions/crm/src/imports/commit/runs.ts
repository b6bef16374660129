import { giveWay } from '../../platform/api/give-way.ts';
import { INSTALL_STATE } from '../../platform/api/install-state.ts';
import { createLease, type Lease } from '../../platform/api/lease.ts';
import type { ImportPorts } from '../ports.ts';

/** How long a node that died keeps an import to itself, at most. */
const LEASE_MS = 5000;
/** A database that is away comes back; what fails this often in a row is left for a person to look at. */
const PAUSES_MS = [1000, 2000, 4000, 8000];

type RunPorts = Pick<ImportPorts, 'context' | 'clock' | 'settings'>;

const keyOf = (id: string): string => `import:${id}`;
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export const leaseOf = ({ context, clock, settings }: RunPorts, id: string): Lease =>
  createLease(context.database, clock, { key: keyOf(id), ms: Math.min(LEASE_MS, settings.leaseMs) });

/** One step of background work, a short one where others are at work; `done` when nothing is left or somebody has stopped it. */
export type Step = (lease: Lease, isCrowded: boolean) => Promise<'more' | 'done'>;

export interface Runs {
  /** Goes on with the work of an import in the background; resolves when it has come to its end. */
  start(id: string, step: Step): Promise<void>;
  isRunning(id: string): boolean;
  /** Ends after the step that is being done; another process goes on from there. */
  stop(): void;
}

/**
 * The background work of imports in this process, one run for each import and one node at a time (design.md 7). A step is a
 * transaction; between two of them others write.
 *
 * @param failed is told of work that cannot go on.
 */
export function createRuns(ports: RunPorts, failed: (id: string) => Promise<void>): Runs {
  const { database, logger } = ports.context;
  const running = new Map<string, Promise<void>>();
  let stopped = false;

  async function work(id: string, step: Step): Promise<void> {
    const lease = leaseOf(ports, id);
    if (!(await lease.take())) return;
    try {
      let failures = 0;
      let isCrowded = false;
      while (!stopped) {
        try {
          if ((await step(lease, isCrowded)) === 'done') return;
          failures = 0;
          isCrowded = await giveWay(database, isCrowded);
        } catch (error) {
          const pause = PAUSES_MS[failures];
          failures += 1;
          if (pause === undefined || stopped) throw error;
          await wait(pause);
          await lease.take();
        }
      }
    } catch (error) {
      if (stopped) return;
      // What a line says never stands in a log: the host's own errors repeat the values of a statement.
      logger.error(`crm: import ${id} was interrupted: ${(error as { code?: string }).code ?? (error as Error).name}`);
      await failed(id);
    } finally {
      await lease.release().catch(() => undefined);
      await database(INSTALL_STATE)
        .where({ key: keyOf(id), value: '{}' })
        .delete()
        .catch(() => undefined);
    }
  }

  return {
    start(id, step) {
      const run: Promise<void> = (running.get(id) ?? Promise.resolve())
        .then(() => work(id, step))
        .catch((error: unknown) => logger.error(`crm: import ${id}: ${(error as Error).name}`))
        .finally(() => {
          if (running.get(id) === run) running.delete(id);
        });
      running.set(id, run);
      return run;
    },
    isRunning: (id) => running.has(id),
    stop() {
      stopped = true;
    },
  };
}
