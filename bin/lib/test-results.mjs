import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ROOT } from './paths.mjs';

/** How much of a failure's message the end of a run repeats; the whole stands where it happened. */
const MESSAGE_LINES = 6;

/**
 * What became of one file of tests.
 * @typedef {object} FileResult
 * @property {string} file from the project's root
 * @property {number} passed
 * @property {{ name: string, message: string }[]} failed a file that breaks before its first test has one, named after itself
 */

/**
 * Reads a report that Vitest has written (`--reporter=json`).
 * @param {string} report the file
 * @returns {FileResult[]} none when there is no report: the run itself has broken
 */
export function readResults(report) {
  if (!existsSync(report)) return [];
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  return testResults.map(fileResult);
}

/** @param {any} result one of Vitest's `testResults` @returns {FileResult} */
function fileResult({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults
    .filter((/** @type {any} */ test) => test.status === 'failed')
    .map((/** @type {any} */ test) => ({ name: test.fullName, message: head(test.failureMessages?.[0]) }));
  if (status === 'failed' && failed.length === 0) failed.push({ name: '', message: head(message) });
  return { file, passed: assertionResults.filter((/** @type {any} */ test) => test.status === 'passed').length, failed };
}

/** @param {string | undefined} message */
const head = (message) => (message ?? '').trim().split('\n').slice(0, MESSAGE_LINES).join('\n    ');

/**
 * The results of a first run with those of a second one of some of its files put in their place.
 * @param {FileResult[]} first
 * @param {FileResult[]} second
 * @returns {FileResult[]}
 */
export function replaced(first, second) {
  const again = new Map(second.map((result) => [result.file, result]));
  return first.map((result) => again.get(result.file) ?? result);
}

/**
 * What a person reads at the end: every failure by its name.
 * @param {FileResult[]} results
 * @param {string} mark what stands before each
 * @returns {string[]} lines
 */
export const namesOf = (results, mark) =>
  results.flatMap(({ file, failed }) => failed.map(({ name, message }) => `${mark} ${file}${name && ` › ${name}`}\n    ${message}`));
