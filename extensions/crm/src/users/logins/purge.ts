import { changeLog } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { giveWay } from '../../platform/api/give-way.ts';
import type { HostContext, Knex } from '../../platform/api/host.ts';
import { createLease, type Lease } from '../../platform/api/lease.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { keptDays, keptSince } from './rules/kept-days.ts';

const LOG_INS = 'crm_logins';
const LEASE = { key: 'logins.purge', ms: 60_000 };
const WAKE_MS = 3_600_000;
const AT_ONCE = 2000;

/** Removes the next of them, with one entry of the log that counts them; whom they were about is what is to be forgotten. */
async function purgeSome(transaction: Knex, lease: Lease, before: Date): Promise<number> {
  if (!(await lease.renew(transaction))) return 0;
  const old = transaction(LOG_INS).where('at', '<', before).orderBy(['at', 'id']).limit(AT_ONCE).select('id');
  const count = await transaction(LOG_INS).whereIn('id', old).delete();
  if (count)
    await changeLog().event(transaction, {
      ...{ action: 'purge', collection: LOG_INS, item: null },
      after: { count, before: before.toISOString() },
    });
  return count;
}

/**
 * Removes log-ins whose time is over: addresses and devices are personal data, and serve nothing any more (PIPL art. 19). In steps, each
 * whole with its entry in the log: whoever is killed in between goes on at the next look.
 *
 * @returns how many are gone.
 */
export async function purgeLogIns(database: Knex, clock: Clock, days: number): Promise<number> {
  const before = keptSince(clock.now(), days);
  if (!(await database(LOG_INS).where('at', '<', before).first('id'))) return 0;
  const lease = createLease(database, clock, LEASE);
  if (!(await lease.take())) return 0;
  const origin = { kind: 'job' as const, reason: `log-ins: ${days} days are over` };
  try {
    for (let gone = 0; ; await giveWay(database)) {
      const count = await withOrigin(origin, () => database.transaction((transaction) => purgeSome(transaction, lease, before)));
      gone += count;
      if (count < AT_ONCE) return gone;
    }
  } finally {
    await lease.release();
  }
}

/** Once an hour, in a serving process alone (design.md 7). */
export function registerLogInPurge(
  { action }: { action(event: string, handler: () => void): void },
  { database, logger, env }: Pick<HostContext, 'database' | 'logger' | 'env'>,
  clock: Clock,
): void {
  const days = keptDays(env);
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    purgeLogIns(database, clock, days).catch((error: unknown) => {
      if (timer) logger.error(`crm: log-ins whose time is over were not removed: ${(error as Error).name}`);
    });
  };
  const stop = (): void => {
    if (timer) clearInterval(timer);
    timer = null;
  };
  action('server.start', () => {
    timer = setInterval(look, WAKE_MS).unref();
    look();
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
  });
  action('server.stop', stop);
}
