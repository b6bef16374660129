import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

interface Plan {
  key: string;
  name: string;
  class: string | null;
  grade: string | null;
  type: string;
  subject: string;
  every_days: number;
  priority: string;
}

const PLANS: readonly Plan[] = [
  {
    key: 'key-a',
    name: '重点 A 级客户月度拜访',
    class: 'key',
    grade: 'A',
    type: 'visit',
    subject: '月度拜访',
    every_days: 30,
    priority: 'high',
  },
  { key: 'key', name: '重点客户双月拜访', class: 'key', grade: null, type: 'visit', subject: '定期拜访', every_days: 60, priority: 'high' },
  {
    key: 'general',
    name: '一般客户季度跟进',
    class: 'general',
    grade: null,
    type: 'call',
    subject: '季度跟进',
    every_days: 90,
    priority: 'medium',
  },
  {
    key: 'potential',
    name: '潜在客户开发跟进',
    class: 'potential',
    grade: null,
    type: 'call',
    subject: '开发跟进',
    every_days: 60,
    priority: 'low',
  },
];

/** Plans by class and grade (SAL-12, SAL-13, CUS-9); group marketing changes them in the Studio, a segment may have its own. */
export const followUpPlans: Row[] = PLANS.map(({ key, ...plan }) => ({
  id: stableId(`follow-up-plan:${key}`),
  ...plan,
  ahead_days: 14,
  active: true,
  segment: null,
}));
