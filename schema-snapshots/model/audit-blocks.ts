import { defineCollection } from '../define.ts';
import { choice, id, line, moment, pick, prose, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;

/**
 * The chain over the audit log: each block names its rows with their digests and the hash of the block before it, so that
 * an edit, a gap or a removal shows (SEC-3). A block of kind `purge` stands for what retention removed.
 */
export default defineCollection({
  name: 'crm_audit_blocks',
  tenancy: 'log',
  label: t('审计区块', 'Audit blocks'),
  singular: t('审计区块', 'Audit block'),
  icon: 'link',
  displayTemplate: '{{number}} {{hash}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 31,
  fields: [
    id(),
    whole('number', t('编号', 'Number'), { ...KEPT, notNull: true, unique: true }),
    pick('kind', t('类型', 'Kind'), [choice('rows', '记录', 'Rows'), choice('purge', '清理摘要', 'Summary of a purge')], {
      ...KEPT,
      notNull: true,
      default: 'rows',
    }),
    line('previous', t('前一区块的哈希', 'Hash before'), { ...KEPT, length: 64 }),
    line('hash', t('哈希', 'Hash'), { ...KEPT, length: 64, notNull: true }),
    whole('rows', t('记录数', 'Rows'), { ...KEPT, notNull: true, default: 0 }),
    moment('first_at', t('最早时间', 'First at'), KEPT),
    moment('last_at', t('最晚时间', 'Last at'), KEPT),
    moment('sealed_at', t('封存时间', 'Sealed at'), { ...KEPT, notNull: true }),
    prose('contents', t('内容', 'Contents'), { ...KEPT, hidden: true }),
    line('key', t('密钥编号', 'Key'), { ...KEPT, length: 32 }),
    line('mac', t('校验码', 'MAC'), { ...KEPT, length: 64 }),
  ],
});
