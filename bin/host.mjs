/** The host's command line (`start`, `bootstrap`, `crm-install`, …) without the update check that `npx directus` makes. */
import { resolveQuickly } from './lib/quick-resolve.mjs';

// Whoever started us and died (a killed `npm start`) must not leave a server behind.
process.on('disconnect', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), 8000).unref();
});
process.channel?.unref();
// Whether the end of a terminal ends us is decided by whoever started us (bin/lib/stopping.mjs).
process.on('SIGHUP', () => undefined);

resolveQuickly();
await import(/** @type {string} */ ('@directus/api/cli/run.js'));
