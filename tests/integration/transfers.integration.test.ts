import { afterAll, beforeAll, describe, vi } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { acrossSuite } from './transfers/across.suite.ts';
import { basisSuite } from './transfers/basis.suite.ts';
import { disputesSuite } from './transfers/disputes.suite.ts';
import { killedSuite } from './transfers/killed.suite.ts';
import { stagesSuite } from './transfers/stages.suite.ts';
import { togetherSuite } from './transfers/together.suite.ts';
import { withinSuite } from './transfers/within.suite.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 900_000 });

describe.each(['sqlite', 'pg'] as const)('transfers on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('within a segment', () => withinSuite(world));
  describe('across segments', () => acrossSuite(world));
  describe('the basis', () => basisSuite(world));
  describe('stages', () => stagesSuite(world));
  describe('disputes', () => disputesSuite(world));
  describe('at the same time', () => togetherSuite(world));
  describe('killed', () => killedSuite(world));
});
