import { afterAll, beforeAll, describe, vi } from 'vitest';
import { startMailServer } from '../harness/mail-server.ts';
import { buildWorld, type World } from './access/world.ts';
import { absencesSuite } from './requests/absences.suite.ts';
import { bordersSuite } from './requests/borders.suite.ts';
import { courseSuite } from './requests/course.suite.ts';
import { executingSuite } from './requests/executing.suite.ts';
import { filingSuite } from './requests/filing.suite.ts';
import { freezingSuite } from './requests/freezing.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('access requests on %s', (db) => {
  let running: World;
  let mailServer: Awaited<ReturnType<typeof startMailServer>>;
  const world = () => running;
  beforeAll(async () => {
    mailServer = await startMailServer();
    running = await buildWorld(db, mailServer.env);
  });
  afterAll(async () => {
    await running?.host.stop();
    await mailServer?.stop();
  });

  describe('filing', () => filingSuite(world));
  describe('carrying out', () => executingSuite(world, () => mailServer));
  describe('freezes and their forms', () => freezingSuite(world));
  describe('across segments', () => bordersSuite(world));
  describe('its course', () => courseSuite(world));
  describe('being away', () => absencesSuite(world));
});
