import type { Knex } from '../platform/api/host.ts';

/** Who is on approved leave on the day it is (Q12); a slice above knows, `entries/` provides it. */
export type AwayToday = (database: Knex) => Promise<ReadonlySet<string>>;

let provided: AwayToday = async () => new Set();

export const provideAway = (away: AwayToday): void => {
  provided = away;
};

export const awayToday: AwayToday = (database) => provided(database);
