import type { HostLogger } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import type { Readings } from './check/readings.ts';
import { closedStep } from './closed-step.ts';
import type { Importer } from './commit/commit.ts';

/** What this slice does with every write of the CRM. */
export const importSteps: readonly WriteStep[] = [closedStep];

const WAKE_MS = 5000;
/** How often a node looks for imports that another one has left in the middle. */
const LOOK_MS = 2500;
const SWEEP_MS = 3_600_000;

/**
 * Takes up, in a serving process alone, what other processes have left: readings and writing that nobody goes on with, exports
 * that nobody makes any more, files of nothing (F30, F33, F40). Commands never get here.
 */
export function registerImports(
  { action }: { action(event: string, handler: () => void): void },
  { logger }: { logger: HostLogger },
  care: Pick<Readings, 'resume' | 'sweep'> & { stop(): void },
  { resume, runs }: Pick<Importer, 'resume' | 'runs'>,
): void {
  const timers: NodeJS.Timeout[] = [];
  const stop = (): void => {
    timers.splice(0).forEach((timer) => clearInterval(timer));
    runs.stop();
    care.stop();
  };
  function every(ms: number, work: () => Promise<void>): void {
    const tried = (): void => {
      work().catch((error: unknown) => {
        if (timers.length) logger.error(`crm: imports were not looked after: ${(error as Error).name}`);
      });
    };
    timers.push(setInterval(tried, ms).unref());
    tried();
  }
  action('server.start', () => {
    every(WAKE_MS, care.resume);
    every(SWEEP_MS, care.sweep);
    every(LOOK_MS, resume);
    // Earlier than `server.stop`, which comes when the database is closed already.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
