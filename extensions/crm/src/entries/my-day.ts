import { waitingPage } from '../approvals/index.ts';
import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { showOwnPhones } from '../privacy/index.ts';
import type { MyDayPorts } from '../reports/my-day/ports.ts';
import { mayReach } from '../segments/index.ts';
import { recordAudit } from './audit.ts';
import { doctorOf } from './doctor.ts';
import { keysFor } from './keys.ts';

/** What the page of the day is told by the slices below it. */
export function myDayPortsFor(context: HostContext): MyDayPorts {
  const isAsPlanned = () => doctorOf(context).isAsPlanned();
  const privacy = { context, keys: keysFor(context), clock: systemClock, recordAudit, isAsPlanned, reaches: mayReach };
  return {
    context,
    clock: systemClock,
    showOwn: (asker, wanted) => showOwnPhones(privacy, asker, wanted),
    approvalsFor: (database, actor, limit) => waitingPage(database, actor, { limit, offset: 0 }),
  };
}
