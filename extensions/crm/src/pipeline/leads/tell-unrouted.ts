import { ROLE_IDS } from '../../kernel/roles.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { LEADS, type LeadRow } from './lead-row.ts';
import { UNROUTED } from './locale/texts.ts';

/**
 * Tells the segment's admins, once, that a lead waits because nobody works its region or all who do have enough (SAL-9). Nothing
 * of the lead stands in the note: its link opens the lead for whoever may see it.
 */
export async function tellUnrouted(database: Knex, clock: Clock, { id, segment }: Pick<LeadRow, 'id' | 'segment'>): Promise<void> {
  const told: string[] = await database('directus_notifications').where({ collection: LEADS, item: id }).pluck('recipient');
  const admins: { id: string; language: string | null }[] = await database('directus_users')
    .where({ status: 'active', role: ROLE_IDS.segment_admin })
    .whereIn('id', database('crm_user_segments').where({ crm_segment: segment }).whereNotNull('crm_user').select('crm_user'))
    .whereNotIn('id', told)
    .select('id', 'language');
  for (const { id: recipient, language } of admins) {
    const tongue = toLanguage(language);
    await database('directus_notifications').insert({
      recipient,
      timestamp: clock.now(),
      subject: say(UNROUTED.subject, tongue),
      message: say(UNROUTED.message, tongue),
      collection: LEADS,
      item: id,
      status: 'inbox',
    });
  }
}
