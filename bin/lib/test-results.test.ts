import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ROOT } from './paths.mjs';
import { namesOf, readResults, replaced } from './test-results.mjs';

const folder = mkdtempSync(join(tmpdir(), 'crm-results-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(testResults: unknown[]): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify({ testResults }));
  return file;
}

const passed = { status: 'passed', fullName: 'holds' };
const failed = { status: 'failed', fullName: 'breaks', failureMessages: ['Error: no\n  at line 1'] };
const fileOf = (name: string, status: string, assertionResults: object[], message = '') => ({
  name: join(ROOT, name),
  status,
  message,
  assertionResults,
});

test('a failure is told by file, name and the head of its message', () => {
  const results = readResults(reportOf([fileOf('a.test.ts', 'failed', [passed, failed])]));
  expect(results[0]?.passed).toBe(1);
  expect(namesOf(results, '×')).toEqual(['× a.test.ts › breaks\n    Error: no\n      at line 1']);
});

test('a file that breaks before its first test is a failure', () => {
  const results = readResults(reportOf([fileOf('b.test.ts', 'failed', [], 'no such module')]));
  expect(namesOf(results, '×')).toEqual(['× b.test.ts\n    no such module']);
});

test('a second run stands in the place of the first, for its own files alone', () => {
  const first = readResults(reportOf([fileOf('a.test.ts', 'failed', [failed]), fileOf('c.test.ts', 'failed', [failed])]));
  const second = readResults(reportOf([fileOf('a.test.ts', 'passed', [passed])]));
  expect(replaced(first, second).map(({ file, failed }) => [file, failed.length])).toEqual([
    ['a.test.ts', 0],
    ['c.test.ts', 1],
  ]);
});

test('a run without a report has no results', () => {
  expect(readResults(join(folder, 'none.json'))).toEqual([]);
});
