import { providePostgres } from './postgres-setup.ts';
import { provideRedis } from './redis-setup.ts';
import { sweepOldRuns } from './sweep.ts';

/** Vitest's global set-up: the databases that tests with a running host need, found or started once per run. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await providePostgres();
  const redis = await provideRedis();
  process.env['CRM_TEST_POSTGRES'] = JSON.stringify(postgres.server);
  process.env['CRM_TEST_REDIS'] = redis.server;
  await sweepOldRuns(new Date());
  return async () => {
    await redis.stop();
    await postgres.stop();
  };
}
