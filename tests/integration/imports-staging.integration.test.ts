import { afterAll, beforeAll, describe } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { checkSuite } from './imports/check.suite.ts';
import { peopleSuite } from './imports/people.suite.ts';
import { readingSuite } from './imports/reading.suite.ts';

describe.each(['sqlite', 'pg'] as const)('imports, before anything is written, on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('the check', () => checkSuite(world));
  describe('the reading', () => readingSuite(world));
  describe('the people', () => peopleSuite(world));
});
