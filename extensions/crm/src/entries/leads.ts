import type { LeadPorts } from '../pipeline/leads/ports.ts';
import { systemClock } from '../platform/api/clock.ts';

/** What leads need; the approval engine is plugged in here. */
export const leadPorts: LeadPorts = {
  clock: systemClock,
  askApproval: () => Promise.reject(new Error('no approval engine yet')),
  voidApprovals: async () => undefined,
};
