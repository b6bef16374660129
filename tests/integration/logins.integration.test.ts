import { afterAll, beforeAll, describe, vi } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { expectedSuite } from './logins/expected.suite.ts';
import { factorSuite } from './logins/factor.suite.ts';
import { faultsSuite } from './logins/faults.suite.ts';
import { heldSuite } from './logins/held.suite.ts';
import { linksSuite } from './logins/links.suite.ts';
import { passwordsSuite } from './logins/passwords.suite.ts';
import { purgeSuite } from './logins/purge.suite.ts';
import { rowsSuite } from './logins/rows.suite.ts';
import { sessionsSuite } from './logins/sessions.suite.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('log-ins, sessions and faults on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    // Reports of faults come from several networks, and days of long ago are asked for.
    running = await buildWorld(db, { CRM_FORCED_CHANGE: 'true', IP_TRUST_PROXY: '127.0.0.1', CRM_LOGIN_KEEP_DAYS: '36500' });
  });
  afterAll(() => running?.host.stop());

  describe('what is kept of log-ins', () => rowsSuite(world));
  describe('how long it is kept', () => purgeSuite(world));
  describe('when somebody is expected', () => expectedSuite(world));
  describe('sessions by segment', () => sessionsSuite(world));
  describe('passwords', () => passwordsSuite(world));
  describe('one-time links', () => linksSuite(world));
  describe('the second factor', () => factorSuite(world));
  describe('whoever is held', () => heldSuite(world));
  describe('faults', () => faultsSuite(world));
});
