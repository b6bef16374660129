import { defineCollection } from '../define.ts';
import { choice, id, line, moment, person, pick, t } from '../fields.ts';

/** The one-time links by which an administrator lets somebody set a new password (ACC-4, ACC-5, Q10); only a hash of each. */
export default defineCollection({
  name: 'crm_reset_links',
  tenancy: 'internal',
  label: t('重设密码链接', 'Reset links'),
  singular: t('重设密码链接', 'Reset link'),
  icon: 'key',
  displayTemplate: '{{user}}',
  hidden: true,
  sort: 95,
  fields: [
    id(),
    line('hash', t('指纹', 'Hash'), { notNull: true, unique: true, length: 64 }),
    person('user', t('人员', 'Person'), { indexed: true, notNull: true, onDelete: 'CASCADE' }),
    person('made_by', t('签发人', 'Made by'), { onDelete: 'SET NULL' }),
    // Empty: by an administrator, before it was kept.
    pick('given_by', t('签发方式', 'Given by'), [
      choice('admin', '管理员', 'An administrator'),
      choice('form', '审批表', 'A form that was carried out'),
      choice('command', '服务器命令', 'A command of the server'),
    ]),
    moment('made_at', t('签发时间', 'Made at'), { notNull: true }),
    moment('expires_at', t('有效期至', 'Good until'), { notNull: true }),
    moment('used_at', t('使用时间', 'Used at')),
  ],
  indexes: [['user', 'expires_at']],
});
