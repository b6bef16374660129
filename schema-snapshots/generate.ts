/**
 * Writes what the extension needs of the model into its kernel: `collections.ts` (facts that the guard, the segments slice and the
 * isolation test read) and `rows.ts` (row types). `node schema-snapshots/generate.ts`; with `--check` it writes
 * nothing and fails when a file on disk differs.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { collectionsSource } from './generate/collections-source.ts';
import { rowsSource } from './generate/rows-source.ts';

const KERNEL = new URL('../extensions/crm/src/kernel/', import.meta.url);

export const GENERATED: Record<string, () => string> = {
  'collections.ts': collectionsSource,
  'rows.ts': rowsSource,
};

const onDisk = (file: URL): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

/** Names of the generated files that differ from the model. */
export function drifted(): string[] {
  return Object.keys(GENERATED).filter((name) => onDisk(new URL(name, KERNEL)) !== GENERATED[name]!());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = drifted();
  if (process.argv.includes('--check')) {
    if (names.length) {
      console.error(`Not up to date with the model: ${names.join(', ')}. Run: node schema-snapshots/generate.ts`);
      process.exit(1);
    }
  } else {
    for (const name of names) writeFileSync(new URL(name, KERNEL), GENERATED[name]!());
    console.log(names.length ? `Written: ${names.join(', ')}` : 'Up to date.');
  }
}
