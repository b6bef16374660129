import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import type { RequestPorts } from '../users/requests/ports.ts';
import { makeFirstLink } from '../users/sessions/reset-links.ts';
import { approvalPortsFor } from './approval-kinds.ts';

/** What carrying out an access request needs of its surroundings. */
export const requestPortsFor = (context: HostContext): RequestPorts => ({
  context,
  clock: systemClock,
  approvals: approvalPortsFor(context),
  firstLink: (database, whom) => makeFirstLink(database, { context, clock: systemClock }, whom),
});
