import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import { stableId } from '../ids.ts';

interface Rule {
  kind: string;
  name: string;
  /** Any of them approves. */
  roles: readonly RoleName[];
  escalateTo: RoleName;
}

/** What an installation begins with: group marketing changes it in the Studio (APR-1, Q2, Q4). */
const RULES: readonly Rule[] = [
  { kind: 'lead_allocation', name: '线索分配审批', roles: ['segment_head'], escalateTo: 'system_admin' },
  { kind: 'owner_transfer', name: '版块内划转审批', roles: ['segment_head', 'segment_admin'], escalateTo: 'system_admin' },
  { kind: 'discount', name: '大额折扣审批', roles: ['segment_head'], escalateTo: 'system_admin' },
  { kind: 'export_over_limit', name: '超量导出审批', roles: ['segment_head'], escalateTo: 'system_admin' },
  { kind: 'segment_transfer', name: '跨版块划转审批', roles: ['system_admin'], escalateTo: 'group_executive' },
  { kind: 'access_request', name: '用户权限变更审批', roles: ['segment_head'], escalateTo: 'group_executive' },
  { kind: 'freeze_system_admin', name: '冻结系统管理员审批', roles: ['group_executive'], escalateTo: 'group_executive' },
  { kind: 'trip', name: '出差审批', roles: ['segment_head', 'segment_admin'], escalateTo: 'system_admin' },
  { kind: 'leave', name: '请假审批', roles: ['segment_head', 'segment_admin'], escalateTo: 'system_admin' },
];

export const approvalRuleId = (kind: string): string => stableId(`approval-rule:${kind}`);

export const approvalRules: Row[] = RULES.map(({ kind, name, escalateTo }) => ({
  id: approvalRuleId(kind),
  kind,
  name,
  mode: 'any_of',
  limit_days: 2,
  escalate_to: escalateTo,
  active: true,
  segment: null,
}));

export const approvalSteps: Row[] = RULES.flatMap(({ kind, roles }) =>
  roles.map((role) => ({
    id: stableId(`approval-step:${kind}:${role}`),
    rule: approvalRuleId(kind),
    by: 'role',
    role,
    sort: 1,
    segment: null,
  })),
);
