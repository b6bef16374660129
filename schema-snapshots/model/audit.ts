import { defineCollection } from '../define.ts';
import { choice, id, line, moment, pick, prose, segment, t, whole } from '../fields.ts';

const KEPT = { readonly: true, computed: true } as const;

/** A key of a row or a person without a foreign key: whoever goes, the log stays as it was written. */
const key = (name: string, label: ReturnType<typeof t>) => line(name, label, KEPT);

const image = (name: string, label: ReturnType<typeof t>) => ({
  name,
  type: 'json' as const,
  label,
  special: ['cast-json'],
  interface: 'input-code',
  options: { language: 'json', lineNumber: false },
  width: 'full' as const,
  ...KEPT,
});

/**
 * Who did what to which row, when, why and from where (SEC-3). Written by the server inside the change's transaction; no
 * API changes it. `segment` is empty for what concerns the system. Values are masks where the law calls them personal.
 */
export default defineCollection({
  name: 'crm_audit',
  tenancy: 'log',
  label: t('审计日志', 'Audit log'),
  singular: t('审计记录', 'Audit entry'),
  icon: 'policy',
  displayTemplate: '{{at}} {{action}} {{collection}}',
  folder: 'crm_settings',
  hidden: true,
  sort: 30,
  fields: [
    id(),
    moment('at', t('时间', 'At'), { ...KEPT, notNull: true }),
    key('user', t('用户', 'User')),
    line('acting_for', t('代表', 'Acting for'), KEPT),
    line('action', t('动作', 'Action'), { ...KEPT, length: 64, notNull: true }),
    line('collection', t('集合', 'Collection'), { ...KEPT, length: 64, notNull: true }),
    line('item', t('记录', 'Row'), KEPT),
    whole('nth', t('该记录的第几条', 'Which entry of the row'), { ...KEPT, notNull: true, default: 1 }),
    segment({ ...KEPT, notNull: false }),
    image('before', t('变更前', 'Before')),
    image('after', t('变更后', 'After')),
    prose('reason', t('原因', 'Reason'), KEPT),
    pick(
      'origin',
      t('来源', 'Origin'),
      [
        choice('request', '请求', 'Request'),
        choice('job', '后台任务', 'Job'),
        choice('server', '服务器', 'Server'),
        choice('command', '命令行', 'Command'),
      ],
      { ...KEPT, notNull: true, default: 'request' },
    ),
    line('ip', t('网络地址', 'Address'), { ...KEPT, length: 64 }),
    prose('user_agent', t('客户端', 'User agent'), KEPT),
    line('request_id', t('请求编号', 'Request id'), { ...KEPT, length: 64 }),
    line('key', t('密钥编号', 'Key'), { ...KEPT, length: 32 }),
    line('mac', t('校验码', 'MAC'), { ...KEPT, length: 64 }),
    whole('block', t('区块', 'Block'), KEPT),
  ],
  indexes: [
    ['at', 'id'],
    ['collection', 'item', 'nth'],
    ['segment', 'at'],
    ['user', 'at'],
    ['block', 'at', 'id'],
  ],
});
