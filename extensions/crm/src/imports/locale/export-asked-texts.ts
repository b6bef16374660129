import type { Said } from '../../platform/api/say.ts';

const said = (zh: string, en: string): Said => ({ 'zh-CN': zh, 'en-US': en });

/** What whoever approves an export is told: which list, how many rows, and how they were chosen, never the values looked for (SEC-1). */
export const ASKED_TEXTS = {
  list: said('导出内容', 'List'),
  rows: said('行数', 'Rows'),
  limit: said('申请人限额', 'Limit of whoever asks'),
  limits: said('一次 {most} 行；24 小时内还可导出 {left} 行', '{most} rows at once; {left} left of 24 hours'),
  chosen: said('选取方式', 'How they were chosen'),
  all: said('申请人能看到的全部', 'All that they see'),
  byName: said('逐条选中 {count} 条', '{count} chosen one by one'),
  byFilter: said('按条件筛选：{fields}', 'by a filter on: {fields}'),
  bySearch: said('按文字搜索', 'by words that were searched for'),
  columns: said('列', 'Columns'),
  usual: said('全部常用列', 'All usual columns'),
  format: said('格式', 'Format'),
  masks: said('敏感内容', 'Sensitive values'),
  masked: said('以掩码导出', 'leave as masks'),
} as const satisfies Record<string, Said>;
