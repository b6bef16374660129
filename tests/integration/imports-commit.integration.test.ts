import { afterAll, beforeAll, describe, vi } from 'vitest';
import { setStage, type Stage } from './customers/stage.ts';
import { clearedImports } from './imports/cleared.ts';
import { decisionsOnImports } from './imports/decisions.ts';
import { interruptedImports } from './imports/interrupted.ts';
import { sameAsForm } from './imports/same-as-form.ts';
import { sampleOfImports } from './imports/sample.ts';
import { sameCompanyOnSeveralLines } from './imports/same-company.ts';
import { undoOfImports } from './imports/undo.ts';
import { wholeImport } from './imports/whole.ts';

vi.setConfig({ testTimeout: 300_000 });

describe.each(['sqlite', 'pg'] as const)('imports on %s', (db) => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(db);
  });
  afterAll(() => stage?.world.host.stop());

  sameAsForm(() => stage);
  sameCompanyOnSeveralLines(() => stage);
  decisionsOnImports(() => stage);
  undoOfImports(() => stage);
  sampleOfImports(() => stage);
  interruptedImports(() => stage);
  wholeImport(() => stage);
  clearedImports(() => stage);
});
