import { toLanguage } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import { NOTICES } from './locale/notices.ts';

/** Puts a note about an activity into somebody's inbox, in the transaction of the change itself; it opens the activity. */
export async function tell(database: Knex, person: string, notice: keyof typeof NOTICES, activity: string): Promise<void> {
  const recipient = await database('directus_users').where({ id: person, status: 'active' }).first('language');
  if (!recipient) return;
  const language = toLanguage(recipient.language);
  await database('directus_notifications').insert({
    recipient: person,
    subject: say(NOTICES[notice].subject, language),
    message: say(NOTICES[notice].message, language),
    collection: 'crm_activities',
    item: activity,
    status: 'inbox',
  });
}
