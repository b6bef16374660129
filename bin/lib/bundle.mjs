import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension, sourcesHash } from './build-extension.mjs';
import { ROOT, RUNTIME } from './paths.mjs';
import { withPidLock } from './pid-lock.mjs';
import { step } from './progress.mjs';
import { checkWritable } from './writable.mjs';

const FOLDER = join(ROOT, 'extensions', 'crm');
const MARKER = join(FOLDER, 'dist', '.built-from');

/** Builds the extension into its own `dist` when its sources have changed since. @param {string} node */
export async function provideBundle(node) {
  const hash = sourcesHash();
  const isBuilt = () => existsSync(MARKER) && readFileSync(MARKER, 'utf8') === hash;
  if (isBuilt()) return;
  checkWritable(FOLDER);
  await withPidLock(join(RUNTIME, 'bundle.lock'), async () => {
    if (!isBuilt()) await build(hash, node);
  });
}

/** @param {string} hash @param {string} node */
async function build(hash, node) {
  await step('编译扩展', 'building the extension', async () => {
    rmSync(MARKER, { force: true });
    await buildExtension(FOLDER, node);
    writeFileSync(MARKER, hash);
  });
}
