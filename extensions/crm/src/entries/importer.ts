import { createImporter, type Importer } from '../imports/commit/commit.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { keysFor } from './keys.ts';

let importer: Importer | null = null;

/** The one importer of this process: routes start its work, the hook goes on with what others left. */
export function importerFor(context: HostContext): Importer {
  importer ??= createImporter({ context, keys: keysFor(context), clock: systemClock });
  return importer;
}
