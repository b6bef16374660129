import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ROOT } from './paths.mjs';

/** What the host gives to every extension. */
const OF_THE_HOST = ['vue', '@directus/extensions-sdk', '@directus/types', 'express'];
const TYPES_ONLY = /import type [^;]*?from '([^']+)'/gu;
const SOURCES = join(ROOT, 'extensions/crm/src');

const packageOf = (name: string): string =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

test('first minute: what the extension is built of is installed by npm start, which brings no tools', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
  const files = readdirSync(SOURCES, { recursive: true }).map(String);
  const used = new Set<string>();
  for (const file of files.filter((name) => /\.(?:ts|vue)$/u.test(name) && !name.endsWith('.test.ts'))) {
    const text = readFileSync(join(SOURCES, file), 'utf8').replace(TYPES_ONLY, '');
    for (const [, name] of text.matchAll(/(?:\bfrom |\bimport\()'((?:@[\w.-]+\/)?[\w][\w./-]*)'/gu)) used.add(packageOf(name!));
  }
  expect(used.size).toBeGreaterThan(5);
  expect([...used].filter((name) => !OF_THE_HOST.includes(name) && !dependencies[name])).toEqual([]);
});
