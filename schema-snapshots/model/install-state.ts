import { defineCollection } from '../define.ts';
import { id, line, t } from '../fields.ts';

/** What the installer put in place last, so that it never overwrites what an admin changed since (design.md 9). */
export default defineCollection({
  name: 'crm_install_state',
  tenancy: 'internal',
  label: t('安装状态', 'Installation state'),
  singular: t('安装状态', 'Installation state'),
  icon: 'construction',
  displayTemplate: '{{key}}',
  hidden: true,
  sort: 92,
  fields: [
    id(),
    line('key', t('标识', 'Key'), { notNull: true, unique: true }),
    { name: 'value', type: 'text', label: t('值', 'Value'), interface: 'input-multiline', width: 'full' },
    line('hash', t('指纹', 'Hash'), { length: 128 }),
  ],
});
