import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { namesFor } from '../../approvals/index.ts';

interface Who {
  id: string;
  name: string | null;
}

/** People and segments by their names, of people those whom the caller sees (ORG-2). */
export async function namesOf(database: Knex, actor: Actor, ids: readonly (string | null)[]) {
  const named = await namesFor(
    database,
    actor,
    ids.filter((id) => id !== null),
  );
  return {
    who: (id: string | null): Who | null => (id ? { id, name: named.person(id) } : null),
    segment: (id: string | null) => (id ? { id, name: named.segment(id) ?? '' } : null),
  };
}

export const momentOf = (value: unknown): string | null =>
  value === null || value === undefined ? null : new Date(value as number | string | Date).toISOString();
