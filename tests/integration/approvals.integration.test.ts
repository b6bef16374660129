import { afterAll, beforeAll, describe } from 'vitest';
import { approversSuite } from './approvals/approvers.suite.ts';
import { decidingSuite } from './approvals/deciding.suite.ts';
import { openOffice, type Office } from './approvals/office.ts';
import { togetherSuite } from './approvals/together.suite.ts';

describe.each(['sqlite', 'pg'] as const)('approvals on %s', (db) => {
  let running: Office;
  const office = () => running;
  beforeAll(async () => {
    running = await openOffice(db);
  });
  afterAll(() => running?.world.host.stop());

  describe('deciding', () => decidingSuite(office));
  describe('those who decide', () => approversSuite(office));
  if (db === 'pg') describe('at the same time', () => togetherSuite(office));
});
