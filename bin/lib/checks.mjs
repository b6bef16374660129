import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, RUNTIME } from './paths.mjs';
import { step } from './progress.mjs';
import { runCommand } from './run-command.mjs';

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
  let failed = 0;
  const checks = [...CHECKS.slice(0, 1), ...more, ...CHECKS.slice(1)];
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) if (!(await passes(check))) failed += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { passed: checks.length - failed, failed };
}

/** @param {typeof CHECKS[number]} check */
async function passes({ zh, en, command }) {
  const { code, output } = await step(zh, en, () => runCommand(process.execPath, command, { cwd: ROOT }));
  if (code === 0) return true;
  process.stdout.write(`${output.trim()}\n✗ ${zh} | ${en}\n`);
  return false;
}

/**
 * Runs one kind of tests and counts. A file that breaks before its first test is a failure too.
 * @param {'unit' | 'integration' | 'e2e'} project
 * @param {string} zh
 * @returns {Promise<Tally>}
 */
export async function runTests(project, zh) {
  const report = join(RUNTIME, 'reports', `${project}.json`);
  mkdirSync(join(RUNTIME, 'reports'), { recursive: true });
  rmSync(report, { force: true });
  const parameters = [tool('vitest/vitest.mjs'), 'run', '--project', project, '--passWithNoTests'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await step(zh, `${project} tests`, () =>
    runCommand(process.execPath, [...parameters, ...reporters], { cwd: ROOT, onOutput: (text) => void process.stdout.write(text) }),
  );
  const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
  return { passed: counts.numPassedTests, failed: counts.numFailedTests || (code === 0 ? 0 : 1) };
}

/** The last line of every run; the exit code says the same. @param {Tally[]} tallies */
export function conclude(tallies) {
  const sum = (/** @type {keyof Tally} */ key) => tallies.reduce((total, tally) => total + tally[key], 0);
  process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed\n`);
  process.exit(sum('failed') === 0 ? 0 : 1);
}
