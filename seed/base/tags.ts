import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

const tag = (key: string, name: string, topic: string, color: string): Row => ({
  id: stableId(`tag:${key}`),
  name,
  topic,
  color,
  active: true,
});

/** Rows of crm_tags to begin with: needs, behaviour, relationship (CUS-2, CUS-6). Group marketing edits the list. */
export const tags: Row[] = [
  tag('new-build', '新建项目', 'need', '#2563EB'),
  tag('expansion', '扩产改造', 'need', '#2563EB'),
  tag('cost-down', '降本增效', 'need', '#2563EB'),
  tag('replacement', '设备更新', 'need', '#2563EB'),
  tag('maintenance', '维保服务', 'need', '#2563EB'),
  tag('green', '绿色低碳', 'need', '#16A34A'),
  tag('digital', '数字化', 'need', '#0891B2'),
  tag('export', '出口业务', 'need', '#0891B2'),
  tag('price-sensitive', '价格敏感', 'behaviour', '#D97706'),
  tag('quality-first', '质量优先', 'behaviour', '#D97706'),
  tag('long-cycle', '决策周期长', 'behaviour', '#D97706'),
  tag('tender-only', '招标采购', 'behaviour', '#D97706'),
  tag('slow-payer', '回款较慢', 'behaviour', '#DC2626'),
  tag('strategic', '战略合作', 'relation', '#7C3AED'),
  tag('reference', '标杆客户', 'relation', '#7C3AED'),
  tag('introduced', '老客户介绍', 'relation', '#7C3AED'),
  tag('competitor-customer', '竞品客户', 'relation', '#DC2626'),
  tag('group-internal', '集团内部', 'other', '#6B7280'),
];
