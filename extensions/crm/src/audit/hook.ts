import { provideChangeLog } from '../platform/api/change-log.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { Keys } from '../platform/api/keys.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { observeRights } from './baseline.ts';
import { createChanges } from './changes.ts';
import { closeCascades } from './closed-cascades.ts';
import { closeLog } from './closed-log.ts';
import { registerExports } from './exports.ts';
import { registerForeignParents } from './foreign-parents.ts';
import { createJournal } from './journal.ts';
import { registerLogIns } from './log-ins.ts';
import type { AuditPorts } from './ports.ts';
import { registerPresets } from './presets.ts';
import { purgeDuty } from './purge.ts';
import { logDescriptions } from './schema-step.ts';
import { createSealer } from './sealer.ts';
import { readAuditSettings } from './settings.ts';
import { createRowLog } from './row-log.ts';
import { closeSilentFlows } from './silent-flows.ts';
import { logSorting } from './sorting.ts';
import { auditStep, closedLogStep, roleNeedsKeys } from './step.ts';
import { registerUploads } from './uploads.ts';
import { registerUnaccounted } from './unaccounted.ts';

type Register = Parameters<typeof closeLog>[0] &
  Parameters<typeof registerLogIns>[0] &
  Parameters<typeof registerPresets>[0] &
  Parameters<typeof registerExports>[0] &
  Parameters<typeof registerForeignParents>[0] &
  Parameters<typeof logDescriptions>[0] &
  Parameters<typeof registerUnaccounted>[0];

/** Of the process: the host loads a bundle anew when extensions change, and starts only once. */
const SERVING = Symbol.for('group-crm.serving');
const shared = globalThis as { [SERVING]?: boolean };
const isServing = (): boolean => shared[SERVING] === true;

/**
 * Starts the audit log of this process: what other slices log through, log-ins, the closed doors, and for a serving process
 * the sealer. Gives the steps of a write: the first refuses, the last logs; and `catchUp`, by which a command that changed rights
 * leaves the log as the server would a moment after its start.
 */
export function registerAudit(
  register: Register,
  context: HostContext,
  keys: Keys,
  clock: Clock,
  ports: AuditPorts,
): { first: readonly WriteStep[]; last: WriteStep; schema: WriteStep; catchUp(): Promise<void> } {
  const settings = readAuditSettings(context.env);
  const journal = createJournal(keys, clock, context.logger, ports);
  const changes = createChanges(journal, ports, (database) => context.getSchema({ database }));
  const rows = createRowLog(changes);
  provideChangeLog(changes);
  registerLogIns(register, context);
  registerPresets(register, context);
  registerExports(register, context);
  closeLog(register, context);
  closeCascades(register, context);
  closeSilentFlows(register);
  logSorting(register, context);
  registerUnaccounted(register, context, rows, isServing);
  registerForeignParents(register, context, rows);
  registerUploads(register, context, changes);

  const sealer = createSealer(context, keys, settings, clock, {
    first: [observeRights(context, journal, ports, clock, settings.lookMs)],
    beside: [purgeDuty(context.database, clock, settings.keepDays)],
  });
  // Commands of the server never get here: only a serving process seals.
  register.action('server.start', () => {
    shared[SERVING] = true;
    sealer.start();
    // Earlier than `server.stop`, which comes when the database is closed already; the host ends the process itself.
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => sealer.stop());
  });
  register.action('server.stop', () => sealer.stop());
  return {
    first: [closedLogStep, roleNeedsKeys(keys)],
    last: auditStep(rows, isServing),
    schema: logDescriptions(register, context, journal, isServing),
    catchUp: () => sealer.work(),
  };
}
