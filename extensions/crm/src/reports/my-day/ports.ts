import type { Actor } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Accountability, HostContext, Knex, SchemaOverview } from '../../platform/api/host.ts';
import type { OwnPhones } from '../../privacy/index.ts';

/** Who asks, with what the host knows of the request. */
export interface Asker {
  actor: Actor;
  accountability: Accountability;
  schema: SchemaOverview;
}

export interface MyDayPorts {
  context: Pick<HostContext, 'database'>;
  clock: Clock;
  /** The caller's own phone numbers in clear, each look logged; a record that is not among them stays a mask. */
  showOwn(asker: Asker, wanted: OwnPhones): Promise<ReadonlyMap<string, string>>;
  /** What waits for the decision of the caller, the most urgent first, and how many there are. */
  approvalsFor(database: Knex, actor: Actor, limit: number): Promise<{ approvals: WaitingApproval[]; total: number }>;
}

/** Something that waits for a decision, as far as the page says it. */
export interface WaitingApproval {
  id: string;
  kind: string;
  title: string;
  due_on: string | null;
  requested_by: string | null;
}
