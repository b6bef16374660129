import { afterAll, beforeAll, describe } from 'vitest';
import { changingHandsSuite } from './access/changing-hands.suite.ts';
import { filesSuite } from './access/files.suite.ts';
import { importsSuite } from './access/imports.suite.ts';
import { peopleSuite } from './access/people.suite.ts';
import { placementSuite } from './access/placement.suite.ts';
import { rolesSuite } from './access/roles.suite.ts';
import { buildWorld, type World } from './access/world.ts';

describe.each(['sqlite', 'pg'] as const)('access and segments on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('roles', () => rolesSuite(world));
  describe('the place of new rows', () => placementSuite(world));
  describe('changing hands', () => changingHandsSuite(world));
  describe('files', () => filesSuite(world));
  describe('people', () => peopleSuite(world));
  describe('imports', () => importsSuite(world));
});
