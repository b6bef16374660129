import { toLanguage, type Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import { NOTICES, type NoticeName } from './locale/notices.ts';
import type { Move } from './move/move.ts';

interface Link {
  collection: string;
  item: string;
}

/**
 * Puts a note into somebody's inbox, in the transaction of what it tells. It names no customer and nobody (F15): the record may go
 * on to others while the note stays. Only who may open the record gets a link to it.
 */
export async function tell(database: Knex, people: readonly (string | null)[], notice: NoticeName, link: Link | null): Promise<void> {
  const recipients = [...new Set(people.filter((one) => one !== null))];
  if (!recipients.length) return;
  const active = await database('directus_users')
    .where({ status: 'active' })
    .whereIn('id', recipients)
    .orderBy('id')
    .select('id', 'language');
  const { subject, message } = NOTICES[notice];
  for (const { id, language } of active) {
    const tongue = toLanguage(language);
    await database('directus_notifications').insert({
      ...{ recipient: id, subject: say(subject, tongue), message: say(message, tongue), status: 'inbox' },
      ...(link ?? {}),
    });
  }
}

/** The new owner is to follow up, the former one to know, whoever asked for it to be told that it is done. */
export async function tellMoved(
  database: Knex,
  { move, actor, requestedBy }: { move: Move; actor: Actor; requestedBy: string | null },
): Promise<void> {
  const { to, from, root, id } = move;
  const isOther = (user: string | null) => (user === actor.user || user === to.owner ? null : user);
  if (to.owner !== actor.user) await tell(database, [to.owner], 'received', { collection: root, item: id });
  await tell(database, [isOther(from.owner)], 'given_away', null);
  await tell(database, [requestedBy === from.owner ? null : isOther(requestedBy)], 'done', null);
}
