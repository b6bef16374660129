import type { Knex } from '../platform/api/host.ts';
import type { UserState } from './rules/token-claims.ts';

export interface UserStates {
  /** As it was at most a second ago. */
  of(user: string): Promise<UserState | null>;
  /** As it is now. */
  now(user: string): Promise<UserState | null>;
  /** These users were changed here: nothing that was read before counts any more. */
  forget(users: readonly unknown[]): void;
  forgetAll(): void;
}

interface StoredUser {
  id: string;
  status: string;
  role: string | null;
  tfa_secret: string | null;
}

const FRESH_FOR_MS = 1000;
const MOST_KEPT = 10_000;

/**
 * The state of users, read from the database and kept for at most a second, which is how late a change by another node is
 * noticed (B9, F3). A failing read throws: nobody gets in on a guess.
 */
export function userStates(database: Knex, clock: () => number = Date.now): UserStates {
  const kept = new Map<string, { at: number; state: Promise<UserState | null> }>();
  const read = async (user: string): Promise<UserState | null> => {
    const row = await database<StoredUser>('directus_users').where({ id: user }).first('status', 'role', 'tfa_secret');
    return row ? { status: row.status, role: row.role, hasSecondFactor: Boolean(row.tfa_secret) } : null;
  };
  const readAndKeep = (user: string) => {
    if (kept.size >= MOST_KEPT) kept.clear();
    const entry = { at: clock(), state: read(user) };
    kept.set(user, entry);
    entry.state.catch(() => {
      if (kept.get(user) === entry) kept.delete(user);
    });
    return entry.state;
  };
  return {
    of: (user) => {
      const known = kept.get(user);
      return known && clock() - known.at < FRESH_FOR_MS ? known.state : readAndKeep(user);
    },
    now: readAndKeep,
    forget: (users) => {
      for (const user of users) kept.delete(String(user));
    },
    forgetAll: () => kept.clear(),
  };
}
