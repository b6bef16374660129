import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { HostContext, Knex } from '../../platform/api/host.ts';
import { INSTALL_STATE, writeState } from '../../platform/api/install-state.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { isDueNow, isResting } from '../rules/daily-run.ts';
import type { ActivitySettings } from '../settings.ts';
import { runPlans } from './run-plans.ts';

const LAST_RUN = 'plans:last_run';
const WAKE_MS = 60_000;
/** What failed is not tried again at once: each try reads every customer. */
const RETRY_MS = 15 * 60_000;
const SHANGHAI = 'Asia/Shanghai';

const lastRun = async (database: Knex): Promise<string | null> =>
  (await database(INSTALL_STATE).where({ key: LAST_RUN }).first('value'))?.value ?? null;

/** Once a business day, from a set hour on: a day that was missed while nothing ran is not made up for twice (design.md 7). */
async function runWhenDue(database: Knex, clock: Clock, fromHour: number): Promise<void> {
  const now = clock.now();
  const today = toBusinessDate(now);
  const hour = Number(new Intl.DateTimeFormat('en-US', { timeZone: SHANGHAI, hour: 'numeric', hourCycle: 'h23' }).format(now));
  if (!isDueNow({ today, hour }, { lastRun: await lastRun(database), fromHour })) return;
  const report = await withOrigin({ kind: 'job', user: null, reason: 'follow-up plans' }, () => runPlans(database, clock, null));
  if (report) await writeState(database, LAST_RUN, today);
}

/** Wakes the daily run, in a serving process alone; commands never get here. */
export function registerPlans(
  { action }: { action(event: string, handler: () => void): void },
  { database, logger }: Pick<HostContext, 'database' | 'logger'>,
  clock: Clock,
  { plans, plansHour }: ActivitySettings,
): void {
  if (!plans) return;
  let timer: NodeJS.Timeout | null = null;
  let working: Promise<void> | null = null;
  let failedAt = -Infinity;
  const wake = (): void => {
    if (isResting(failedAt, clock.now(), RETRY_MS)) return;
    working ??= runWhenDue(database, clock, plansHour)
      .catch((error: unknown) => {
        failedAt = clock.now().getTime();
        if (timer) logger.error(`crm: follow-up plans were not looked after: ${(error as Error).name}`);
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
