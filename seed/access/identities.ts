import { ROLE_IDS, ROLE_NAMES, type RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import { stableId } from '../ids.ts';

interface RoleText {
  icon: string;
  description: string;
}

const TEXTS: Record<RoleName, RoleText> = {
  system_admin: { icon: 'admin_panel_settings', description: '系统管理员（集团市场营销部） · System administrator (group marketing)' },
  group_executive: { icon: 'corporate_fare', description: '集团管理层 · Group executive' },
  segment_head: { icon: 'workspaces', description: '版块负责人 · Segment head' },
  segment_admin: { icon: 'manage_accounts', description: '版块管理员 · Segment administrator' },
  sales_rep: { icon: 'handshake', description: '业务人员 · Sales representative' },
};

export const policyIdOf = (role: RoleName): string => stableId(`policy:crm_${role}`);

/** The five roles of 001 §5 as the host stores them. */
export const ROLE_ROWS = ROLE_NAMES.map((role) => ({ id: ROLE_IDS[role], name: role, ...TEXTS[role], parent: null }));

/** One policy per role: the Studio, no host admin access (design.md 12). */
const POLICY_ROWS = ROLE_NAMES.map((role) => ({
  id: policyIdOf(role),
  name: `crm_${role}`,
  ...TEXTS[role],
  ip_access: null,
  enforce_tfa: false,
  admin_access: false,
  app_access: true,
}));

/** Reads the audit log and nothing else; held by a person without a role of the CRM (three-way split of duties, docs/guide/audit.md). */
export const AUDITOR_POLICY_ID = stableId('policy:crm_auditor');

const AUDITOR_POLICY_ROW = {
  id: AUDITOR_POLICY_ID,
  name: 'crm_auditor',
  icon: 'policy',
  description: '审计员：只读审计日志 · Auditor: reads the audit log only',
  ip_access: null,
  enforce_tfa: false,
  admin_access: false,
  app_access: true,
};

export const ALL_POLICY_ROWS = [...POLICY_ROWS, AUDITOR_POLICY_ROW];

/** A role has its own policy and no other. */
export const ACCESS_ROWS = ROLE_NAMES.map((role) => ({
  id: stableId(`access:crm_${role}`),
  role: ROLE_IDS[role],
  user: null,
  policy: policyIdOf(role),
  sort: 1,
}));
