import type { Knex } from '../platform/api/host.ts';

/**
 * Whether this Directus also has data of others (`npm run install-into` leaves the mark). What the host offers to
 * everybody is not ours to close there, nor are log-ins of others ours to judge: only collections and people of the CRM
 * are (design.md 3). Until the mark is found the host counts as ours.
 */
export function sharedHost(database: Knex): () => Promise<boolean> {
  let known: boolean | null = null;
  return async () => {
    if (known !== null) return known;
    const mark = await database<{ key: string; value: string }>('crm_install_state')
      .where({ key: 'host' })
      .first('value')
      .catch(() => undefined);
    if (mark) known = mark.value === '"shared"';
    return known ?? false;
  };
}
