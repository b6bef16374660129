import type { Knex } from '../platform/api/host.ts';
import type { UserState } from './rules/token-claims.ts';

export interface UserStates {
  of(user: string): Promise<UserState | null>;
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
 * The state of users, read from the database and kept for at most a second (B9, F3). A failing read throws: nobody gets
 * in on a guess.
 */
export function userStates(database: Knex, now: () => number = Date.now): UserStates {
  const kept = new Map<string, { at: number; state: Promise<UserState | null> }>();
  const read = async (user: string): Promise<UserState | null> => {
    const row = await database<StoredUser>('directus_users').where({ id: user }).first('status', 'role', 'tfa_secret');
    return row ? { status: row.status, role: row.role, hasSecondFactor: Boolean(row.tfa_secret) } : null;
  };
  return {
    of(user) {
      const known = kept.get(user);
      if (known && now() - known.at < FRESH_FOR_MS) return known.state;
      if (kept.size >= MOST_KEPT) kept.clear();
      const state = read(user);
      kept.set(user, { at: now(), state });
      state.catch(() => kept.delete(user));
      return state;
    },
  };
}
