import type { Clock } from '../platform/api/clock.ts';
import type { Knex } from '../platform/api/host.ts';
import { createLease, type Lease } from '../platform/api/lease.ts';

/** How long a holder that died keeps others waiting; less than the five seconds in which an entry is sealed. */
const LEASE_MS = 3000;

/**
 * Who seals now (design.md 7). The chain does not rest on it: two that seal at once meet at the block's number, which is
 * unique, and one of them rolls back. It only keeps nodes from trying in vain.
 */
export const sealingLease = (database: Knex, clock: Clock): Lease => createLease(database, clock, { key: 'audit:lease', ms: LEASE_MS });

/** Whose turn it is with what takes longer than an entry may wait for its block. */
export const choresLease = (database: Knex, clock: Clock): Lease => createLease(database, clock, { key: 'audit:chores', ms: LEASE_MS });
