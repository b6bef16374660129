import { afterAll, beforeAll, describe, vi } from 'vitest';
import { setStage, type Stage } from './customers/stage.ts';
import { importsByTheRules } from './imports/by-the-rules.ts';
import { checkSuite } from './imports/check.suite.ts';
import { clearedImports } from './imports/cleared.ts';
import { decisionsOnImports } from './imports/decisions.ts';
import { faultsSuite } from './imports/faults.suite.ts';
import { filesSuite } from './imports/files.suite.ts';
import { interruptedImports } from './imports/interrupted.ts';
import { namingSuite } from './imports/naming.suite.ts';
import { oddFilesSuite } from './imports/odd-files.suite.ts';
import { importsOverStored } from './imports/over-stored.ts';
import { peopleSuite } from './imports/people.suite.ts';
import { plansOfImports } from './imports/plans.ts';
import { readingSuite } from './imports/reading.suite.ts';
import { repeatsSuite } from './imports/repeats.suite.ts';
import { roundTripSuite } from './imports/round-trip.suite.ts';
import { sameAsForm } from './imports/same-as-form.ts';
import { sameCompanyOnSeveralLines } from './imports/same-company.ts';
import { sampleOfImports } from './imports/sample.ts';
import { secrecySuite } from './imports/secrecy.suite.ts';
import { spreadsheetSuite } from './imports/spreadsheet.suite.ts';
import { undoOfImports } from './imports/undo.ts';
import { undoByTheRules } from './imports/undo-rules.ts';
import { wholeImport } from './imports/whole.ts';

vi.setConfig({ testTimeout: 300_000 });

/** What a process that died has left is taken up soon. */
const SETTINGS = { CRM_IMPORT_LEASE_SECONDS: '2' };

describe.each(['sqlite', 'pg'] as const)('imports on %s', (db) => {
  let running: Stage;
  const stage = () => running;
  const world = () => running.world;
  beforeAll(async () => {
    running = await setStage(db, SETTINGS);
  });
  afterAll(() => running?.world.host.stop());

  // The comparison with the form looks at whole segments: it comes before anybody else's rows.
  sameAsForm(stage);
  sameCompanyOnSeveralLines(stage);
  decisionsOnImports(stage);
  undoOfImports(stage);
  undoByTheRules(stage);
  importsByTheRules(stage);
  importsOverStored(stage);
  sampleOfImports(stage);
  interruptedImports(stage);
  wholeImport(stage);
  clearedImports(stage);
  plansOfImports(stage, db);
  describe('the check', () => checkSuite(world));
  describe('the names', () => namingSuite(world));
  describe('the repeats', () => repeatsSuite(world));
  describe('the reading', () => readingSuite(world));
  describe('the people', () => peopleSuite(world));
  describe('the files', () => filesSuite(world));
  describe('the spreadsheets', () => spreadsheetSuite(world));
  describe('the secrets', () => secrecySuite(world));
  describe('the way there and back', () => roundTripSuite(world));
  describe('the odd files', () => oddFilesSuite(world));
  describe('the faults', () => faultsSuite(world, db));
});
