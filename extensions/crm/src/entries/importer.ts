import { createImporter, type Importer } from '../imports/commit/commit.ts';
import type { HostContext } from '../platform/api/host.ts';
import { importPortsFor } from './imports.ts';

let importer: Importer | null = null;

/** The one importer of this process: routes start its work, the hook goes on with what others left. */
export function importerFor(context: HostContext): Importer {
  importer ??= createImporter(importPortsFor(context));
  return importer;
}
