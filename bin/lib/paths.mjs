import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the project, wherever it was cloned. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** Everything that the commands fetch or build for themselves; may be deleted at any time. */
export const RUNTIME = join(ROOT, '.runtime');

/** The host's command line, without its outgoing check for updates: a start asks nobody on the internet. */
export const HOST_CLI = join(ROOT, 'bin', 'host.mjs');

/** Where Node keeps compiled code between starts: loading the host takes a fifth less. What cannot be written there is not kept. */
export const COMPILE_CACHE = join(ROOT, '.runtime', 'compile-cache');
