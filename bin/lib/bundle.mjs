import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension, sourcesHash } from './build-extension.mjs';
import { ROOT } from './paths.mjs';
import { step } from './progress.mjs';

const FOLDER = join(ROOT, 'extensions', 'crm');
const MARKER = join(FOLDER, 'dist', '.built-from');

/** Builds the extension into its own `dist` when its sources have changed since. @param {string} node */
export async function provideBundle(node) {
  const hash = sourcesHash();
  if (existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hash) return;
  await step('编译扩展', 'building the extension', async () => {
    rmSync(MARKER, { force: true });
    await buildExtension(FOLDER, node);
    writeFileSync(MARKER, hash);
  });
}
