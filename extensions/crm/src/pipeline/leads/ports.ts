import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';

/** An allocation that somebody else has to decide (SAL-10). */
export interface AllocationWish {
  lead: { id: string; title: string; segment: string; owner: string | null };
  to: string;
  reason: string | null;
  requestedBy: string;
}

/** What leads need of the world; `entries/` provides it. */
export interface LeadPorts {
  clock: Clock;
  /** Asks for the approval inside the caller's transaction; refuses while one of the kind waits on the lead. */
  askApproval(database: Knex, wish: AllocationWish): Promise<{ id: string }>;
  /** What waits on a lead is over, because the lead is another one now. */
  voidApprovals(database: Knex, lead: string): Promise<unknown>;
}

/** How a lead came to its owner: the choices of `crm_allocations.how`. */
export type How = 'routed' | 'by_hand' | 'approved';
