import { systemClock } from '../platform/api/clock.ts';
import type { HostContext } from '../platform/api/host.ts';
import { createHandovers, type Handovers } from '../users/handover/handovers.ts';

let handovers: Handovers | null = null;

/** The hand-overs of this process. */
export function handoversFor(context: HostContext): Handovers {
  handovers ??= createHandovers({
    context,
    clock: systemClock,
  });
  return handovers;
}
