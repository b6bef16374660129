import { toLanguage } from './actor.ts';
import type { Knex } from './host.ts';
import { say, type Said } from './say.ts';

/** A note of the host's inbox, in both languages. */
export interface Note {
  subject: Said;
  message: Said;
}

/**
 * Puts a note into people's inboxes, each in their language, in the transaction of what it tells; whoever is not active is told nothing.
 * Its words name no customer: it may go out by mail (SEC-1).
 */
export async function notify(
  database: Knex,
  people: readonly (string | null)[],
  { subject, message }: Note,
  values: Record<string, string> = {},
): Promise<void> {
  const recipients = [...new Set(people.filter((one) => one !== null))];
  if (!recipients.length) return;
  const active = await database('directus_users')
    .where({ status: 'active' })
    .whereIn('id', recipients)
    .orderBy('id')
    .select('id', 'language');
  for (const { id, language } of active) {
    const tongue = toLanguage(language);
    await database('directus_notifications').insert({
      ...{ recipient: id, subject: say(subject, tongue, values), message: say(message, tongue, values), status: 'inbox' },
    });
  }
}
