import type { HostLogger } from '../../platform/api/host.ts';
import type { Handovers } from './handovers.ts';
import { registerHandoverConditions } from './host-query.ts';

/** How often a node looks for hand-overs that another one has left in the middle. */
const LOOK_MS = 2500;
const SWEEP_MS = 3_600_000;

type Register = Parameters<typeof registerHandoverConditions>[0] & { action(event: string, handler: () => void): void };

/** Goes on, in a serving process alone, with hand-overs and undos that other processes have left (design.md 7). */
export function registerHandovers(register: Register, { logger }: { logger: HostLogger }, { runs }: Pick<Handovers, 'runs'>): void {
  registerHandoverConditions(register);
  const timers: NodeJS.Timeout[] = [];
  const stop = (): void => {
    timers.splice(0).forEach((timer) => clearInterval(timer));
    runs.stop();
  };
  function every(ms: number, work: () => Promise<void>): void {
    const tried = (): void => {
      work().catch((error: unknown) => {
        if (timers.length) logger.error(`crm: hand-overs were not looked after: ${(error as Error).name}`);
      });
    };
    timers.push(setInterval(tried, ms).unref());
    tried();
  }
  register.action('server.start', () => {
    every(LOOK_MS, runs.resume);
    every(SWEEP_MS, runs.sweep);
    // Earlier than `server.stop`, which comes when the database is closed already.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  register.action('server.stop', stop);
}
