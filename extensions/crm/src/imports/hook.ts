import type { HostLogger } from '../platform/api/host.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import type { Readings } from './check/readings.ts';
import { closedStep } from './closed-step.ts';

/** What this slice does with every write of the CRM. */
export const importSteps: readonly WriteStep[] = [closedStep];

const WAKE_MS = 5000;
const SWEEP_MS = 3_600_000;

/** Takes up, in a serving process alone, what other processes have left: readings that nobody goes on with, files of nothing. */
export function registerReadings(
  { action }: { action(event: string, handler: () => unknown): void },
  { logger }: { logger: HostLogger },
  readings: Pick<Readings, 'resume' | 'sweep'>,
): void {
  const timers: NodeJS.Timeout[] = [];
  const stop = (): void => timers.splice(0).forEach((timer) => clearInterval(timer));
  const tried = (work: () => Promise<void>) => (): void => {
    work().catch((error: unknown) => {
      if (timers.length) logger.error(`crm: imports were not looked after: ${String(error)}`);
    });
  };
  action('server.start', () => {
    const [resume, sweep] = [tried(readings.resume), tried(readings.sweep)];
    timers.push(setInterval(resume, WAKE_MS).unref(), setInterval(sweep, SWEEP_MS).unref());
    resume();
    sweep();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
