import type { Knex } from '../../platform/api/host.ts';

/** Its events name the person: among people's own entries they would count as a change of rights. */
export const LINKS = 'crm_reset_links';

/** Ends the one-time links that wait for somebody (ACC-5). */
export const endLinksFor = (database: Knex, user: string): Promise<number> => database(LINKS).where({ user, used_at: null }).delete();

/** Ends also those that somebody has made: frozen or closed, nobody keeps a way in through the log-in of others (ACC-9). */
export async function endLinksOf(database: Knex, user: string): Promise<void> {
  await endLinksFor(database, user);
  await database(LINKS).where({ made_by: user, used_at: null }).delete();
}
