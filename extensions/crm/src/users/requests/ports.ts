import type { Knex } from '../../platform/api/host.ts';
import type { FreezeDeskPorts } from '../freeze/ports.ts';

/** A way in for somebody who is new: opens once, and ends by itself. */
export interface FirstLink {
  link: string;
  expires_at: string;
}

/** What requests need of their surroundings; `entries/` provides it. */
export interface RequestPorts extends FreezeDeskPorts {
  /** Makes a one-time link for somebody whose log-in was just opened, in the transaction that opens it. */
  firstLink(database: Knex, whom: { user: string; by: string }): Promise<FirstLink>;
}
