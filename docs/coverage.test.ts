import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const FAMILIES = { ORG: 12, ACC: 11, USE: 8, CUS: 13, SAL: 15, DQ: 6, IMP: 5, SVC: 3, SAT: 3, KPI: 6, APR: 2, SEC: 5, PRV: 4, BAK: 4, OPS: 9 };

const rows = readFileSync(join(ROOT, 'docs/coverage.md'), 'utf8')
  .split('\n')
  .filter((line) => /^\| [A-Z]+-\d+ \|/.test(line))
  .map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()))
  .map(([id = '', rule = '', feature = '', test = '', state = '']) => ({ id, rule, feature, test, state }));

const tests = globSync(['{docs,seed,schema-snapshots,extensions/crm/src,bin,bench}/**/*.test.ts', 'tests/**/*.ts'], { cwd: ROOT });

describe('docs/coverage.md', () => {
  it('names all 106 requirements once', () => {
    const expected = Object.entries(FAMILIES).flatMap(([family, count]) => Array.from({ length: count }, (_, n) => `${family}-${n + 1}`));
    expect(expected).toHaveLength(106);
    expect(rows.map(({ id }) => id).sort()).toEqual(expected.sort());
  });

  it.each(rows.filter(({ state }) => !state.startsWith('planned')))('$id: the tests named exist, and one of them names the id', ({ id, test }) => {
    const named = test.split(',').map((entry) => entry.trim().replace(/\*.*$/, ''));
    const found = tests.filter((file) => named.some((prefix) => file.includes(prefix)));
    expect(found, test).not.toEqual([]);
    const inTests = found.some((file) => new RegExp(`\\b${id}\\b`).exec(readFileSync(join(ROOT, file), 'utf8')));
    expect(inTests, `none of them names ${id}`).toBe(true);
  });

  it('a state is one of three words', () => {
    for (const { state } of rows) expect(state).toMatch(/^(built|partly|planned)\b/);
  });
});
