/** Modules of the Studio's bar, in order; what stands off here nobody needs in a CRM, administrators least of all. */
const ON = ['content', 'insights', 'users', 'crm'] as const;
const OFF = ['visual', 'files', 'deployments', 'activity'] as const;

const modules = [
  ...ON.map((id) => ({ type: 'module', id, enabled: true })),
  ...OFF.map((id) => ({ type: 'module', id, enabled: false })),
  { type: 'module', id: 'settings', enabled: true, locked: true },
];

/** Eight signs or more, of all four kinds. */
const PASSWORD_POLICY = String.raw`/(?=^.{8,}$)(?=.*\d)(?=.*[^A-Za-z0-9\s])(?=.*[A-Z])(?=.*[a-z]).*$/`;

/** The host's settings in our own host; a Directus of others keeps its own. */
export const settings = {
  project_name: '集团客户管理系统',
  project_descriptor: 'Group CRM',
  project_color: '#2E6FBA',
  default_language: 'zh-CN',
  default_appearance: 'auto',
  module_bar: modules,
  public_registration: false,
  public_note: null,
  auth_login_attempts: 10,
  auth_password_policy: PASSWORD_POLICY,
  storage_asset_transform: 'presets',
  collaborative_editing_enabled: false,
  mcp_enabled: false,
};
