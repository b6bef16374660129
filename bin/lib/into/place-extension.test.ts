import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../paths.mjs';
import { EXTENSION_NAME } from './place-extension.mjs';

it('no part of the bundle is called like a folder of it: the host would take one for the other and add rows at every start', () => {
  const folder = join(ROOT, 'extensions', 'crm');
  const { 'directus:extension': bundle } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    'directus:extension': { entries: { name: string }[] };
  };
  const names = bundle.entries.map(({ name }) => name);
  expect(names).not.toContain(basename(folder));
  expect(names).not.toContain(EXTENSION_NAME);
});
