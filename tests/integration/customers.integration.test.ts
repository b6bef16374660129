import { afterAll, beforeAll, describe } from 'vitest';
import { writesAtOnce } from './customers/at-once.ts';
import { closingOfOpportunities } from './customers/closing.ts';
import { whatFollows } from './customers/follows.ts';
import { setStage, type Stage } from './customers/stage.ts';
import { statesOfCustomers } from './customers/states.ts';
import { valuesOfCustomers } from './customers/values.ts';

describe.each(['sqlite', 'pg'] as const)('customers on %s', (db) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(db);
  });
  afterAll(() => stage?.world.host.stop());

  valuesOfCustomers(() => stage, db);
  statesOfCustomers(() => stage);
  whatFollows(() => stage, db);
  closingOfOpportunities(() => stage);
  writesAtOnce(() => stage);
});
