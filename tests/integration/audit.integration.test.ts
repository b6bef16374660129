import { afterAll, beforeAll, describe } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { chainOfBlocks } from './audit/chain.suite.ts';
import { besideItems } from './audit/beside.suite.ts';
import { closedLog } from './audit/closed.suite.ts';
import { changedDescriptions } from './audit/descriptions.suite.ts';
import { followingRows } from './audit/deletions.suite.ts';
import { entriesOfWrites } from './audit/entries.suite.ts';
import { whoIsBehind } from './audit/flows.suite.ts';
import { entriesOfTheHost } from './audit/host-entries.suite.ts';
import { readersOfTheLog } from './audit/readers.suite.ts';
import { historyOfRights } from './audit/rights.suite.ts';

describe.each(['sqlite', 'pg'] as const)('the audit log on %s', (db) => {
  let world: World;
  beforeAll(async () => {
    world = await buildWorld(db);
  });
  afterAll(() => world?.host.stop());

  entriesOfWrites(() => world);
  entriesOfTheHost(() => world);
  besideItems(() => world);
  changedDescriptions(() => world);
  whoIsBehind(() => world);
  readersOfTheLog(() => world);
  historyOfRights(() => world);
  followingRows(() => world);
  closedLog(() => world);
  // Last, since it spoils the log on purpose.
  chainOfBlocks(() => world);
});
