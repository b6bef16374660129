import { roleOf } from '../kernel/roles.ts';
import type { Knex } from '../platform/api/host.ts';
import { holdOf, type UserState } from './rules/token-claims.ts';

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
  status: string;
  role: string | null;
  tfa_secret: string | null;
  crm_pending_exam: unknown;
  crm_must_change_password: unknown;
  provider: string;
  crm_password_changed_at: string | number | Date | null;
  thawed_at: string | number | Date | null;
  demands: string | number;
}

const HELD_BY = ['crm_pending_exam', 'crm_must_change_password', 'provider'] as const;
const COLUMNS = ['status', 'role', 'tfa_secret', 'crm_password_changed_at', ...HELD_BY] as const;

const momentOf = (value: string | number | Date | null): Date | null => (value === null ? null : new Date(value));

const FRESH_FOR_MS = 1000;
const MOST_KEPT = 10_000;

/**
 * The state of users, read from the database and kept for at most a second, which is how late a change by another node is
 * noticed (B9, F3). A failing read throws: nobody gets in on a guess.
 */
export function userStates(database: Knex, clock: () => number = Date.now): UserStates {
  const kept = new Map<string, { at: number; state: Promise<UserState | null> }>();
  // One statement, and all that a sign-in is judged by (B9).
  const read = async (user: string): Promise<UserState | null> => {
    const thaw = database('crm_freezes').where({ user, state: 'thawed' }).max('thawed_at').as('thawed_at');
    const demands = database('directus_access as right')
      .join('directus_policies as policy', 'policy.id', 'right.policy')
      .where('policy.enforce_tfa', true)
      .where((whose) => void whose.where('right.user', user).orWhere('right.role', database.ref('who.role')))
      .count('*')
      .as('demands');
    const row: StoredUser | undefined = await database('directus_users as who')
      .where('who.id', user)
      .first(...COLUMNS.map((column) => `who.${column}`), thaw, demands);
    if (!row) return null;
    const { status, role, tfa_secret: secret } = row;
    const isOurs = roleOf(role) !== null;
    return {
      ...{ status, role, hasSecondFactor: Boolean(secret), demandsSecondFactor: Number(row.demands) > 0 },
      thawedAt: isOurs ? momentOf(row.thawed_at) : null,
      passwordChangedAt: isOurs ? momentOf(row.crm_password_changed_at) : null,
      hold: isOurs ? holdOf(row) : null,
    };
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
