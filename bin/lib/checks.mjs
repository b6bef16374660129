import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, RUNTIME } from './paths.mjs';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';
import { namesOf, readResults, replaced } from './test-results.mjs';

/** @param {string} tool a file below node_modules */
const tool = (tool) => join(ROOT, 'node_modules', tool);

/** The fast part: everything that needs no running host. */
const CHECKS = [
  { zh: '代码规范', en: 'lint', command: [tool('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  { zh: '格式', en: 'format', command: [tool('prettier/bin/prettier.cjs'), '--check', '.'] },
  { zh: '类型（纯规则）', en: 'types (pure)', command: [tool('typescript/bin/tsc'), '-p', 'tsconfig.pure.json'] },
  { zh: '类型（服务端）', en: 'types (api)', command: [tool('typescript/bin/tsc'), '-p', 'tsconfig.api.json'] },
  { zh: '类型（界面）', en: 'types (app)', command: [tool('vue-tsc/bin/vue-tsc.js'), '-p', 'tsconfig.app.json'] },
  {
    zh: '模块边界',
    en: 'boundaries',
    command: [tool('dependency-cruiser/bin/dependency-cruiser.mjs'), 'extensions', 'seed', 'schema-snapshots', 'tests', 'bench', 'bin'],
  },
  { zh: '无用代码', en: 'unused code', command: [tool('knip/bin/knip.js')] },
  { zh: '模型一致', en: 'model drift', command: ['schema-snapshots/generate.ts', '--check'] },
  { zh: '接口文档一致', en: 'API document drift', command: ['bin/openapi.ts', '--check'] },
];

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} told what a person reads of it at the end of the run
 */

/** Two cores, two checks at a time; the longest begins first. */
const AT_ONCE = 2;

/** What the tests with a host begin with; made beside the checks, which leave a core free. */
export const PREPARATION = { zh: '测试用的构建', en: 'build for the tests', command: ['tests/harness/prepare.ts'] };

/**
 * Runs every check, also after one has failed: a person wants the whole list.
 * @param {typeof CHECKS} more what else is run with them
 * @returns {Promise<Tally>}
 */
export async function runChecks(more = []) {
  /** @type {string[]} */
  const told = [];
  const checks = [...CHECKS.slice(0, 1), ...more, ...CHECKS.slice(1)];
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) if (!(await passes(check))) told.push(`✗ ${check.zh} | ${check.en}`);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { passed: checks.length - told.length, failed: told.length, told };
}

/** @param {typeof CHECKS[number]} check */
async function passes({ zh, en, command }) {
  const { code, output } = await step(zh, en, () => runCommand(process.execPath, command, { cwd: ROOT }));
  if (code === 0) return true;
  process.stdout.write(`${output.trim()}\n✗ ${zh} | ${en}\n`);
  return false;
}

/** Files that failed in a stage are run once more, alone, when they are no more than this: a machine with two cores stumbles now and then. */
const AGAIN_AT_MOST = 3;

/**
 * Runs one kind of tests and counts. A file that breaks before its first test is a failure too. Few files that fail beside others
 * are run again by themselves; what passes only then is counted, and named at the end, so that somebody looks at it.
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {string} zh
 * @returns {Promise<Tally>}
 */
export async function runTests(project, zh) {
  const first = await runVitest(project, zh, []);
  const broken = first.filter(({ failed }) => failed.length > 0);
  const again = project !== 'unit' && broken.length > 0 && broken.length <= AGAIN_AT_MOST;
  const second = again
    ? await runVitest(
        project,
        `${zh}（重试）`,
        broken.map(({ file }) => file),
      )
    : [];
  const results = replaced(first, second);
  const still = results.filter(({ failed }) => failed.length > 0);
  const healed = broken.filter(({ file }) => !still.some((other) => other.file === file));
  return {
    passed: results.reduce((sum, { passed }) => sum + passed, 0),
    failed: still.reduce((sum, { failed }) => sum + failed.length, 0),
    told: [...namesOf(healed, '… 第二次才通过 | passed only at the second try:'), ...namesOf(still, '✗')],
  };
}

/**
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {string} zh
 * @param {string[]} files none: all
 * @returns {Promise<import('./test-results.mjs').FileResult[]>}
 */
async function runVitest(project, zh, files) {
  const name = files.length > 0 ? `${project}-again` : project;
  const report = join(RUNTIME, 'reports', `${name}.json`);
  mkdirSync(join(RUNTIME, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  const parameters = [tool('vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests', ...files];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await step(zh, `${name} tests`, () =>
    runCommand(process.execPath, [...parameters, ...reporters], { cwd: ROOT, onOutput: (text) => void process.stdout.write(text) }),
  );
  const results = readResults(report);
  const told = results.some(({ failed }) => failed.length > 0);
  // An error outside of any test, or no report at all: the run itself has broken.
  return code === 0 || told
    ? results
    : [...results, { file: `${name} tests`, passed: 0, failed: [{ name: '', message: `exit ${String(code)}` }] }];
}

/** The failures by name, then the last line of every run; the exit code says the same. @param {Tally[]} tallies */
export function conclude(tallies) {
  const sum = (/** @type {'passed' | 'failed'} */ key) => tallies.reduce((total, tally) => total + tally[key], 0);
  for (const line of tallies.flatMap(({ told }) => told)) process.stdout.write(`${line}\n`);
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exit(sum('failed') === 0 ? 0 : 1);
}
