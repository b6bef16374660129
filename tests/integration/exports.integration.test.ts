import { afterAll, beforeAll, describe } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { approvingSuite } from './exports/approving.suite.ts';
import { keepingSuite } from './exports/keeping.suite.ts';
import { rowsSuite } from './exports/rows.suite.ts';
import { runningSuite } from './exports/running.suite.ts';

describe.each(['sqlite', 'pg'] as const)('exports on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('the rows', () => rowsSuite(world));
  describe('the keeping', () => keepingSuite(world));
  describe('the approving', () => approvingSuite(world));
  describe('the running', () => runningSuite(world, db));
});
