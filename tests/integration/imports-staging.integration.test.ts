import { afterAll, beforeAll, describe } from 'vitest';
import { buildWorld, type World } from './access/world.ts';
import { checkSuite } from './imports/check.suite.ts';
import { faultsSuite } from './imports/faults.suite.ts';
import { filesSuite } from './imports/files.suite.ts';
import { peopleSuite } from './imports/people.suite.ts';
import { readingSuite } from './imports/reading.suite.ts';
import { repeatsSuite } from './imports/repeats.suite.ts';
import { secrecySuite } from './imports/secrecy.suite.ts';
import { spreadsheetSuite } from './imports/spreadsheet.suite.ts';

describe.each(['sqlite', 'pg'] as const)('imports, before anything is written, on %s', (db) => {
  let running: World;
  const world = () => running;
  beforeAll(async () => {
    running = await buildWorld(db);
  });
  afterAll(() => running?.host.stop());

  describe('the check', () => checkSuite(world));
  describe('the repeats', () => repeatsSuite(world));
  describe('the reading', () => readingSuite(world));
  describe('the people', () => peopleSuite(world));
  describe('the files', () => filesSuite(world));
  describe('the spreadsheets', () => spreadsheetSuite(world));
  describe('the secrets', () => secrecySuite(world));
  describe('the faults', () => faultsSuite(world, db));
});
