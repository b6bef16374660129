import { ROLE_IDS } from '../kernel/roles.ts';
import { toLanguage, type Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { say, type Said } from '../platform/api/say.ts';

const TEXTS: Record<'unusual' | 'many', { subject: Said; message: Said }> = {
  unusual: {
    subject: {
      'zh-CN': '{name} 今天查看敏感信息明显多于平时',
      'en-US': '{name} looks at sensitive values of far more records than usual today',
    },
    message: {
      'zh-CN': '今天已查看 {looks} 条，是其近期日常的三倍。请了解原因；明细见“敏感信息查看记录”。',
      'en-US': '{looks} records so far, three times the usual day of late. Ask why; the reveals list every look.',
    },
  },
  many: {
    subject: {
      'zh-CN': '{name} 今天查看的敏感信息已达 {looks} 条',
      'en-US': '{name} has looked at sensitive values of {looks} records today',
    },
    message: {
      'zh-CN': '已达到本版块设定的提醒线。请了解原因；明细见“敏感信息查看记录”。',
      'en-US': 'This is the number at which the segment wants to be told. Ask why; the reveals list every look.',
    },
  },
};

/** The heads of the person's segment and the system admins, the person apart. */
async function recipients(transaction: Knex, { user, homeSegment }: Actor): Promise<{ id: string; language: string | null }[]> {
  const heads = transaction('crm_user_segments').where({ crm_segment: homeSegment }).whereNotNull('crm_user').select('crm_user');
  return transaction('directus_users')
    .where({ status: 'active' })
    .whereNot({ id: user })
    .andWhere(
      (who) =>
        void who
          .where({ role: ROLE_IDS.system_admin })
          .orWhere((head) => void head.where({ role: ROLE_IDS.segment_head }).whereIn('id', heads)),
    )
    .select('id', 'language');
}

/** Puts a note into their inboxes, in the transaction of the look itself (Q11): no mail and no hook may stand in the way. */
export async function tellHeads(transaction: Knex, actor: Actor, notice: 'unusual' | 'many', looks: number): Promise<void> {
  const person = await transaction('directus_users').where({ id: actor.user }).first('first_name', 'last_name');
  const name = [person?.first_name, person?.last_name].filter(Boolean).join(' ') || '—';
  const { subject, message } = TEXTS[notice];
  for (const { id, language } of await recipients(transaction, actor)) {
    const tongue = toLanguage(language);
    await transaction('directus_notifications').insert({
      recipient: id,
      subject: say(subject, tongue, { name, looks }),
      message: say(message, tongue, { name, looks }),
      status: 'inbox',
    });
  }
}
