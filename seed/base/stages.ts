import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

interface Stage {
  key: string;
  name: string;
  outcome: 'open' | 'won' | 'lost';
  probability: number;
  color: string;
  required_fields: string[];
}

const STAGES: readonly Stage[] = [
  { key: 'initial_contact', name: '初步接触', outcome: 'open', probability: 10, color: '#64748B', required_fields: [] },
  { key: 'needs_analysis', name: '需求分析', outcome: 'open', probability: 30, color: '#0891B2', required_fields: ['needs', 'amount'] },
  { key: 'proposal', name: '方案提交', outcome: 'open', probability: 50, color: '#2563EB', required_fields: ['expected_close_on'] },
  { key: 'negotiation', name: '商务谈判', outcome: 'open', probability: 75, color: '#D97706', required_fields: [] },
  { key: 'won', name: '成交', outcome: 'won', probability: 100, color: '#16A34A', required_fields: ['order_or_contract'] },
  { key: 'lost', name: '流失', outcome: 'lost', probability: 0, color: '#DC2626', required_fields: ['lost_reason'] },
];

/** Rows of crm_stages for all segments (SAL-2); a segment may add its own. */
export const stages: Row[] = STAGES.map((stage, index) => ({
  id: stableId(`stage:${stage.key}`),
  ...stage,
  active: true,
  sort: index + 1,
  segment: null,
}));
