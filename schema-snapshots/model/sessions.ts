import { defineCollection } from '../define.ts';
import { id, line, moment, person, t, whole } from '../fields.ts';

/** How long a log-in has been left alone and whether its screen is locked (ACC-2, ACC-3), under a hash of the host's session. */
export default defineCollection({
  name: 'crm_sessions',
  tenancy: 'internal',
  label: t('会话', 'Sessions'),
  singular: t('会话', 'Session'),
  icon: 'lock_clock',
  displayTemplate: '{{user}}',
  hidden: true,
  sort: 94,
  fields: [
    id(),
    line('session', t('会话标识', 'Session'), { notNull: true, unique: true, length: 64 }),
    person('user', t('人员', 'Person'), { indexed: true, onDelete: 'CASCADE' }),
    moment('seen_at', t('最近操作', 'Last used'), { notNull: true }),
    moment('locked_at', t('锁屏时间', 'Locked at')),
    moment('ended_at', t('结束时间', 'Ended at')),
    whole('wrong', t('密码错误次数', 'Wrong passwords'), { notNull: true, default: 0 }),
  ],
  indexes: [['user', 'session'], ['seen_at']],
});
