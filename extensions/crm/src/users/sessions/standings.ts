import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { readStanding, type Standing } from './session-notes.ts';

const FRESH_FOR_MS = 1000;
const MOST_KEPT = 10_000;

/** What stands about people's sessions, as it was at most a second ago: so late is a change on another node noticed. */
export function standings(database: Knex, clock: Clock) {
  const kept = new Map<string, { at: number; standing: Promise<Standing> }>();
  return {
    of(user: string): Promise<Standing> {
      const now = clock.now().getTime();
      const known = kept.get(user);
      if (known && now - known.at < FRESH_FOR_MS && now >= known.at) return known.standing;
      if (kept.size >= MOST_KEPT) kept.clear();
      const entry = { at: now, standing: readStanding(database, user) };
      kept.set(user, entry);
      entry.standing.catch(() => kept.get(user) === entry && kept.delete(user));
      return entry.standing;
    },
    forget: (user: string): void => void kept.delete(user),
    forgetAll: (): void => kept.clear(),
  };
}

export type Standings = ReturnType<typeof standings>;
