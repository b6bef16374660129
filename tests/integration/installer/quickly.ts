/** Loaded before a process that takes the host's modules without bin/host.mjs. */
import { resolveQuickly } from '../../../bin/lib/quick-resolve.mjs';

resolveQuickly();
