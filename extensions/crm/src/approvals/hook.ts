import type { Clock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { escalateLate } from './escalate.ts';

const WAKE_MS = 30_000;

/** Looks for what was not decided in time, in a serving process alone; commands never get here. */
export function registerApprovals(
  { action }: { action(event: string, handler: () => void): void },
  { database, logger }: Pick<HostContext, 'database' | 'logger'>,
  clock: Clock,
): void {
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  const wake = (): void => {
    working ??= escalateLate(database, clock)
      .catch((error: unknown) => {
        if (timer) logger.error(`crm: late approvals were not looked after: ${(error as Error).name}`);
      })
      .finally(() => (working = null));
  };
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  action('server.start', () => {
    timer = setInterval(wake, WAKE_MS).unref();
    wake();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
