import { afterAll, beforeAll, describe, vi } from 'vitest';
import { assignmentsSuite } from './activities/assignments.suite.ts';
import { dueSuite } from './activities/due.suite.ts';
import { marksSuite } from './activities/marks.suite.ts';
import { plansSuite } from './activities/plans.suite.ts';
import { timelineSuite } from './activities/timeline.suite.ts';
import { setStage, type Stage } from './customers/stage.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 900_000 });

describe.each(['sqlite', 'pg'] as const)('activities on %s', (db) => {
  let running: Stage;
  const stage = () => running;
  beforeAll(async () => {
    running = await setStage(db, { CRM_REHEARSAL: 'true' });
  });
  afterAll(() => running?.world.host.stop());

  describe('the marks', () => marksSuite(stage));
  describe('the assignments', () => assignmentsSuite(stage));
  describe('the due day', () => dueSuite(stage));
  describe('the plans', () => plansSuite(stage));
  describe('the timeline', () => timelineSuite(stage));
});
