import { toLanguage } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import type { ApprovalRow } from './kinds.ts';
import { KIND_NAMES, NOTICES, type Notice } from './locale/words.ts';

/** Puts a note into people's inboxes, in the transaction of the change itself. It names no customer: it may go out by mail. */
export async function tell(
  database: Knex,
  people: readonly (string | null)[],
  notice: Notice,
  { kind, due_on }: Pick<ApprovalRow, 'kind' | 'due_on'>,
): Promise<void> {
  const recipients = people.filter((one) => one !== null);
  if (!recipients.length) return;
  const active = await database('directus_users')
    .where({ status: 'active' })
    .whereIn('id', recipients)
    .orderBy('id')
    .select('id', 'language');
  const { subject, message } = NOTICES[notice];
  for (const { id, language } of active) {
    const tongue = toLanguage(language);
    const values = { kind: say(KIND_NAMES[kind], tongue), due: due_on ?? '—' };
    await database('directus_notifications').insert({
      recipient: id,
      subject: say(subject, tongue, values),
      message: say(message, tongue, values),
      status: 'inbox',
    });
  }
}
