import type { Said } from './i18n.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What was done, as the log names it. */
export const ACTIONS: Record<string, Said> = {
  create: said('新建', 'created'),
  update: said('修改', 'changed'),
  delete: said('删除', 'deleted'),
  login: said('登录', 'logged in'),
  login_failed: said('登录失败', 'failed to log in'),
  reset_link: said('签发重设密码链接', 'made a one-time link'),
  reset_link_used: said('用一次性链接设置密码', 'set a password by a one-time link'),
  reveal: said('查看敏感信息', 'revealed'),
  export: said('导出', 'exported'),
  download: said('下载导出文件', 'fetched an export'),
  transfer: said('移交', 'transferred'),
  baseline: said('初始状态', 'first state'),
  observed: said('事后发现的变化', 'change found afterwards'),
  replaced: said('替换文件内容', 'replaced the content of a file'),
  uploaded: said('上传内容', 'uploaded content'),
  purge: said('到期清除', 'removed, its time being over'),
  cleared: said('随删除清空', 'emptied by a deletion'),
};

/** Reasons of a look at a sealed value that are picked from a list. */
export const REASONS: Record<string, Said> = {
  follow_up: said('跟进（负责人）', 'follow-up by the owner'),
  verify_data: said('核实资料', 'checking the data'),
  service_case: said('处理售后或服务', 'a service case'),
  contract: said('办理合同或订单', 'a contract or an order'),
  complaint: said('处理投诉或纠纷', 'a complaint or a dispute'),
  my_day: said('“我的一天”显示（负责人）', 'shown on the owner’s page of the day'),
};
