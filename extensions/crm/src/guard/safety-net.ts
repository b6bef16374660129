import type { HostLogger } from '../platform/api/host.ts';

const NET = Symbol.for('group-crm.unhandled-rejection');

/**
 * One rejected promise that nobody awaits ends the whole server process (directus-facts.md §2). The net logs it instead;
 * a reload of the extension replaces the net, so that there is always exactly one.
 */
export function spreadSafetyNet({ error }: Pick<HostLogger, 'error'>): void {
  const holder = process as unknown as Record<symbol, ((reason: unknown) => void) | undefined>;
  const former = holder[NET];
  if (former) process.off('unhandledRejection', former);
  const net = (reason: unknown) =>
    error(`unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
  holder[NET] = net;
  process.on('unhandledRejection', net);
}
