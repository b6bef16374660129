import type { Clock } from '../platform/api/clock.ts';
import type { HostLogger } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { provideLetGo } from '../segments/index.ts';
import type { Readings } from './check/readings.ts';
import { letGoOfRows } from './clear/let-go-of-rows.ts';
import { closedStep } from './closed-step.ts';
import type { Importer } from './commit/commit.ts';
import type { Exports } from './export/exports.ts';
import { sampleSettingsStep } from './sample/settings-step.ts';

/** What this slice does with every write of the CRM. */
export const importSteps: readonly WriteStep[] = [closedStep, sampleSettingsStep];

/** However rows leave their owner or their segment, files of imports and exports let go of them (ORG-2, ORG-3, Q1). */
export const registerLetGo = (clock: Clock): void =>
  provideLetGo((database, leaving, rows) => letGoOfRows(database, leaving, rows, clock.now()));

const WAKE_MS = 5000;
/** How often a node looks for imports and exports that another one has left in the middle. */
const LOOK_MS = 2500;
const SWEEP_MS = 3_600_000;

/** What works in the background of this process. */
interface Workers {
  readings: Pick<Readings, 'resume' | 'sweep'>;
  importer: Pick<Importer, 'resume' | 'runs'>;
  exporting: Pick<Exports, 'resume' | 'shutDown'>;
}

/**
 * Takes up, in a serving process alone, what other processes have left: readings and writing that nobody goes on with, exports
 * that nobody makes any more, files of nothing (F30, F33, F40). Commands never get here.
 */
export function registerImports(
  { action }: { action(event: string, handler: () => void): void },
  { logger }: { logger: HostLogger },
  { readings, importer, exporting }: Workers,
): void {
  const timers: NodeJS.Timeout[] = [];
  const stop = (): void => {
    timers.splice(0).forEach((timer) => clearInterval(timer));
    importer.runs.stop();
    exporting.shutDown();
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
    every(WAKE_MS, readings.resume);
    every(SWEEP_MS, readings.sweep);
    every(LOOK_MS, importer.resume);
    every(LOOK_MS, exporting.resume);
    // Earlier than `server.stop`, which comes when the database is closed already.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
