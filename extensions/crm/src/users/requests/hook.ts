import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext } from '../../platform/api/host.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { calendarStep } from './calendar-step.ts';
import { filingStep, ownSegmentsStep, stampStep, type FilingPorts } from './file-request.ts';
import { escalateOverdue, escalateMissingForms, noticeMissingCalendar } from './overdue.ts';

const WAKE_MS = 10_000;

/** Before the guard, for which people and segments of others are nobody's. */
export const requestForemostSteps: readonly WriteStep[] = [ownSegmentsStep];

/** Before the place of rows is settled: a form stands with the person whom it is about. */
export const requestFirstSteps: readonly WriteStep[] = [stampStep];

export const requestSteps = (ports: FilingPorts): readonly WriteStep[] => [filingStep(ports), calendarStep];

/** Looks for forms that are overdue and for a calendar that is missing, in a serving process alone; commands never get here. */
export function registerRequests(
  { action }: { action(event: string, handler: () => void): void },
  { database, logger }: Pick<HostContext, 'database' | 'logger'>,
  clock: Clock,
): void {
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    await escalateOverdue(database, clock);
    await escalateMissingForms(database, clock);
    await noticeMissingCalendar(database, clock);
  };
  const wake = (): void => {
    working ??= look()
      .catch((error: unknown) => {
        if (timer) logger.error(`crm: overdue access requests were not looked after: ${(error as Error).name}`);
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
