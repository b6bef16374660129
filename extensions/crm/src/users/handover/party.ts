import type { Knex } from '../../platform/api/host.ts';
import { loadPerson } from '../../segments/index.ts';

export type Party = NonNullable<Awaited<ReturnType<typeof loadPerson>>>;

/** Somebody as a hand-over takes them: whoever is held back until an exam takes over nothing, like who is frozen (ACC-11). */
export async function loadParty(database: Knex, id: string): Promise<Party | null> {
  const person = await loadPerson(database, id);
  return person && { ...person, active: person.active && !person.isHeld };
}
