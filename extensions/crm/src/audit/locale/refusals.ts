import type { Said } from '../../platform/api/say.ts';

/** Everything this slice refuses, in both languages. */
export const REFUSALS = {
  closed_log: {
    'zh-CN': '审计日志由服务器写入，任何人都不能新增、修改或删除。',
    'en-US': 'The audit log is written by the server; nobody adds to it, changes it or deletes from it.',
  },
  cascade: {
    'zh-CN': '关系不能设为级联（CASCADE）：CRM 的记录不能随其他集合的记录一起被删除。请改为“置空”（SET NULL）。',
    'en-US':
      'The relation cannot cascade (CASCADE): records of the CRM are not deleted along with those of another collection. Use SET NULL.',
  },
  silent_flow: {
    'zh-CN': '不触发事件的操作不会留下审计记录：请打开“触发事件”（Emit Events）后再保存。',
    'en-US': 'Without events this operation would leave no entry in the audit log: switch on "Emit Events", then save.',
  },
  keys_missing: {
    'zh-CN': '密钥未配置或无法读取（CRM_KEYS），无法写入审计日志，因此没有保存任何更改。请联系技术管理员。',
    'en-US':
      'The keys (CRM_KEYS) are missing or cannot be read, so the audit log cannot be written and nothing was saved. Tell the technical administrator.',
  },
  bad_moment: {
    'zh-CN': '参数 {name} 必须是一个时间，例如 2026-11-22T10:00:00Z。',
    'en-US': '{name} must be a moment, such as 2026-11-22T10:00:00Z.',
  },
  not_known_yet: {
    'zh-CN': '权限历史从北京时间 {since} 开始，更早的时间没有记录。请选择此后的时间。',
    'en-US': 'The history of rights begins at {since} (Beijing time); earlier moments are not on record. Choose a later one.',
  },
  in_future: { 'zh-CN': '这个时间还没有到。', 'en-US': 'That moment is still to come.' },
  bad_filter: { 'zh-CN': '筛选条件不正确：{where}', 'en-US': 'The filter is not as it should be: {where}' },
} satisfies Record<string, Said>;
