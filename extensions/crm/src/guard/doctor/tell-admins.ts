import { ROLE_IDS } from '../../kernel/roles.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { CLOSED_SUBJECT, FINDING_TEXTS } from './locale.ts';
import type { Finding } from './rules/finding.ts';

const MOST_REASONS = 10;

async function administrators(database: Knex): Promise<{ id: string; language: string | null }[]> {
  const technical = database('directus_access as access')
    .join('directus_policies as policy', 'policy.id', 'access.policy')
    .where('policy.admin_access', true)
    .whereNotNull('access.role')
    .select('access.role');
  const isAdministrator = database('directus_users').where({ role: ROLE_IDS.system_admin }).orWhereIn('role', technical).select('id');
  return database('directus_users').where({ status: 'active' }).whereIn('id', isAdministrator).select('id', 'language');
}

/**
 * Puts the reason into the inbox of every administrator (F1: "admin told why"), straight into the table, since no mail and
 * no hook may stand in the way; whoever still has the same message unread gets no second one, from another node neither.
 */
export async function tellAdministrators(database: Knex, because: readonly Finding[]): Promise<void> {
  for (const { id, language } of await administrators(database)) {
    const tongue = toLanguage(language);
    const subject = say(CLOSED_SUBJECT, tongue);
    const lines = because
      .slice(0, MOST_REASONS)
      .map(({ kind, path, values }) => `- ${path}: ${say(FINDING_TEXTS[kind].what, tongue, values)}`);
    const message = lines.join('\n');
    const known = await database('directus_notifications').where({ recipient: id, subject, message, status: 'inbox' }).first('id');
    if (!known) await database('directus_notifications').insert({ recipient: id, subject, message, status: 'inbox' });
  }
}
