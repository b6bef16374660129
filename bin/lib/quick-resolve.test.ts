import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { ROOT } from './paths.mjs';
import { resolveInside } from './quick-resolve.mjs';

const folder = join(ROOT, 'node_modules/date-fns');
const conditions = ['node', 'import'];

it('B12: a relative import inside date-fns means the file that Node would take', () => {
  const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type: string };
  expect(type).toBe('module');
  let found = 0;
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.js'))) {
    const parentURL = pathToFileURL(join(folder, name)).href;
    for (const [, specifier = ''] of readFileSync(join(folder, name), 'utf8').matchAll(/^(?:import|export) .*from "(\.[^"]+)"/gm)) {
      const answer = resolveInside(specifier, { parentURL, conditions });
      expect(answer?.url).toBe(pathToFileURL(join(dirname(join(folder, name)), specifier)).href);
      expect(statSync(fileURLToPath(answer?.url ?? '')).isFile()).toBe(true);
      found += 1;
    }
  }
  expect(found).toBeGreaterThan(500);
});

it('B12: everything else is for Node to say', () => {
  const parentURL = pathToFileURL(join(folder, 'add.js')).href;
  for (const specifier of ['date-fns', 'lodash-es', './add.cjs', './locale', 'node:fs']) {
    expect(resolveInside(specifier, { parentURL, conditions })).toBeNull();
  }
  expect(resolveInside('./add.js', { parentURL, conditions: ['node', 'require'] })).toBeNull();
  expect(resolveInside('./add.js', { parentURL: 'file:///somewhere/else.js', conditions })).toBeNull();
  expect(resolveInside('./add.js', { conditions })).toBeNull();
});
