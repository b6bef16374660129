import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildExtension, BUNDLE_SOURCES, sourcesHash } from '../../bin/lib/build-extension.mjs';
import { ROOT, RUNTIME } from '../../bin/lib/paths.mjs';
import { withLock } from './lock.ts';

export interface BuiltExtension {
  /** Fingerprint of the sources it was built from. */
  hash: string;
  /** Value for EXTENSIONS_PATH: holds nothing but the packed extension. */
  extensionsPath: string;
}

/**
 * Builds the bundle from a copy of the sources, once per state of them. Running hosts keep the build they started with, and
 * test files that run side by side do not build twice.
 */
export async function builtExtension(): Promise<BuiltExtension> {
  const hash = sourcesHash();
  const extensionsPath = join(RUNTIME, 'extensions', hash);
  if (existsSync(extensionsPath)) return { hash, extensionsPath };
  return withLock(join(RUNTIME, 'locks', `build-${hash}`), async () => {
    if (existsSync(extensionsPath)) return { hash, extensionsPath };
    const copy = join(RUNTIME, 'build', `${hash}-${process.pid}`);
    for (const source of BUNDLE_SOURCES) {
      if (existsSync(join(ROOT, source))) cpSync(join(ROOT, source), join(copy, source), { recursive: true });
    }
    await buildExtension(join(copy, 'extensions', 'crm'));
    const packed = join(copy, 'packed', 'crm');
    mkdirSync(packed, { recursive: true });
    cpSync(join(copy, 'extensions/crm/dist'), join(packed, 'dist'), { recursive: true });
    cpSync(join(copy, 'extensions/crm/package.json'), join(packed, 'package.json'));
    mkdirSync(join(RUNTIME, 'extensions'), { recursive: true });
    renameSync(join(copy, 'packed'), extensionsPath);
    rmSync(copy, { recursive: true, force: true });
    return { hash, extensionsPath };
  });
}
