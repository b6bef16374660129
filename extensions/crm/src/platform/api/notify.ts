import { toLanguage } from './actor.ts';
import type { Knex } from './host.ts';
import { say, type Said } from './say.ts';

/** A note of the host's inbox, in both languages. */
export interface Note {
  subject: Said;
  message: Said;
}

/** What fills the places of its words; what is said in two languages, in the reader's. */
type Values = Readonly<Record<string, string | Said>>;

/** The row that a note opens. */
export interface Link {
  collection: string;
  item: string;
}

/**
 * Puts a note into people's inboxes, each in their language, in the transaction of what it tells; whoever is not active is told nothing.
 * Its words name no customer: it may go out by mail (SEC-1).
 */
export async function notify(
  database: Knex,
  people: readonly (string | null)[],
  { subject, message }: Note,
  values: Values = {},
  link: Link | null = null,
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
    const filled = Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : say(value, tongue)] as const);
    const told = Object.fromEntries(filled);
    await database('directus_notifications').insert({
      ...{ recipient: id, subject: say(subject, tongue, told), message: say(message, tongue, told), status: 'inbox' },
      ...(link ?? {}),
    });
  }
}

/** The notes of a slice, by their names. */
export const notifierOf =
  <Name extends string>(notes: Readonly<Record<Name, Note>>) =>
  (database: Knex, people: readonly (string | null)[], note: Name, values: Values = {}): Promise<void> =>
    notify(database, people, notes[note], values);
