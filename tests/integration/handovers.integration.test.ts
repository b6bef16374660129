import { afterAll, beforeAll, describe, vi } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { killedSuite } from './handover/killed.suite.ts';
import { rulesSuite } from './handover/rules.suite.ts';
import { sparedSuite } from './handover/spared.suite.ts';
import { wholeSuite } from './handover/whole.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 600_000 });

describe.each(['sqlite', 'pg'] as const)('hand-overs on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('everything', () => wholeSuite(world));
  describe('rules', () => rulesSuite(world));
  describe('what was changed since', () => sparedSuite(world));
  describe('killed, and at the same time', () => killedSuite(world));
});
