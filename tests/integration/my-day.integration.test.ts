import { afterAll, beforeAll, describe } from 'vitest';
import { buildWorld, calendarIsTold, type World } from './access/world.ts';
import { listsSuite } from './my-day/lists.suite.ts';
import { phonesSuite } from './my-day/phones.suite.ts';
import { reachSuite } from './my-day/reach.suite.ts';
import { staleSuite } from './my-day/stale.suite.ts';

describe.each(['sqlite', 'pg'] as const)('my day on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
    await calendarIsTold(running);
  });
  afterAll(() => running?.host.stop());

  describe('the lists', () => listsSuite(world));
  describe('what becomes stale', () => staleSuite(world));
  describe('whose it is', () => reachSuite(world));
  describe('the numbers', () => phonesSuite(world));
});
