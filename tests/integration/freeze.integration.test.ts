import { afterAll, beforeAll, describe, vi } from 'vitest';
import { freePort } from '../harness/free-port.ts';
import { killer } from '../harness/killer.ts';
import { startRedis } from '../harness/redis-setup.ts';
import { buildWorld, type World } from './access/world.ts';
import { deadSuite } from './freeze/dead.suite.ts';
import { killedSuite } from './freeze/killed.suite.ts';
import { lawSuite } from './freeze/law.suite.ts';
import { modelSuite } from './freeze/model.suite.ts';
import { nodesSuite, type OwnRedis } from './freeze/nodes.suite.ts';
import { rightsSuite } from './freeze/rights.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

/** A Redis that only these tests stop and start. */
async function ownRedis(): Promise<OwnRedis & { env: Record<string, string> }> {
  const port = await freePort();
  let running = await startRedis(port);
  return {
    // With the limits of an installation for people, which the other tests go without.
    env: {
      ...{ REDIS_ENABLED: 'true', REDIS: running.server, SYNCHRONIZATION_STORE: 'redis', CRM_RATE_STORE: 'redis' },
      ...{ RATE_LIMITER_ENABLED: 'true', RATE_LIMITER_GLOBAL_ENABLED: 'true' },
    },
    stop: () => running.stop(),
    start: async () => void (running = await startRedis(port)),
  };
}

describe.each(['sqlite', 'pg'] as const)('freezing on %s', (db) => {
  const death = killer();
  let running: World;
  let redis: Awaited<ReturnType<typeof ownRedis>> | null = null;
  const world = () => running;
  beforeAll(async () => {
    redis = db === 'pg' ? await ownRedis() : null;
    running = await buildWorld(db, { ...redis?.env, ...death.env });
  });
  afterAll(async () => {
    await running?.host.stop();
    await redis?.stop();
  });

  describe('what dies', () => deadSuite(world));
  describe('who may', () => rightsSuite(world));
  describe('the law', () => lawSuite(world));
  describe('any order', () => modelSuite(world));
  describe('killed', () => killedSuite(world, death));
  if (db === 'pg') describe('three nodes', () => nodesSuite(world, () => redis!));
});
