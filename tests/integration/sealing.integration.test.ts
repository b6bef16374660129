import { afterAll, beforeAll, describe } from 'vitest';
import { setStage, type Stage } from './customers/stage.ts';
import { Canaries } from './sealing/open-sealed.ts';
import { goingAround } from './sealing/going-around.ts';
import { kindsOfCustomers } from './sealing/kinds.ts';
import { nothingLeaks } from './sealing/leaks.ts';
import { exactSearch } from './sealing/searching.ts';
import { everyWriteSeals } from './sealing/writing.ts';

describe.each(['sqlite', 'pg'] as const)('sealing on %s', (db) => {
  let stage: Stage;
  const canaries = new Canaries();
  beforeAll(async () => {
    stage = await setStage(db);
  });
  afterAll(() => stage?.world.host.stop());

  everyWriteSeals(() => stage, canaries);
  exactSearch(() => stage, canaries);
  goingAround(() => stage, canaries);
  // Last, when everything has been written; a company's number that is readable is none of these.
  nothingLeaks(() => stage, canaries, db);
  kindsOfCustomers(() => stage, new Canaries());
});
