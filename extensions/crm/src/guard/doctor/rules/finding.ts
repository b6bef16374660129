/**
 * What the doctor can find, closed: a new kind without a level and a text does not compile (texts: ../locale.ts).
 * - `closed`  isolation can no longer be vouched for: the CRM shuts until it is repaired
 * - `error`   something of ours is broken, but no row is shown to the wrong person
 * - `warning` narrower than intended, or a duty of the organisation that nobody fulfils yet
 */
export type Level = 'closed' | 'error' | 'warning';

export const LEVELS = {
  not_installed: 'closed',
  check_failed: 'closed',
  host_version: 'closed',
  rule_wider: 'closed',
  fields_wider: 'closed',
  validation_wider: 'closed',
  preset_wider: 'closed',
  permission_doubled: 'closed',
  permission_extra: 'closed',
  permission_foreign: 'closed',
  public_side_path: 'closed',
  policy_flag: 'closed',
  access_extra: 'closed',
  user_policy: 'closed',
  role_parent: 'closed',
  open_registration: 'closed',
  cache_enabled: 'closed',
  segment_nullable: 'closed',
  unaudited: 'closed',
  foreign_side_path: 'error',
  pruned_along: 'error',
  tree_crossed: 'error',
  marks_drifted: 'error',
  keys_missing: 'error',
  key_unreadable: 'error',
  key_twice: 'error',
  key_wrong: 'error',
  key_absent: 'error',
  values_unsealed: 'error',
  value_damaged: 'error',
  flow_without_events: 'error',
  flow_inside_write: 'error',
  flow_silent: 'error',
  index_missing: 'error',
  role_missing: 'error',
  policy_missing: 'error',
  access_missing: 'error',
  too_many_segment_admins: 'error',
  extension_version: 'error',
  permission_missing: 'warning',
  permission_narrower: 'warning',
  policy_unused: 'warning',
  no_segment_admin: 'warning',
  system_admin_count: 'warning',
  no_project_owner: 'warning',
  calendar_missing: 'warning',
  technical_admin_active: 'warning',
  user_without_segment: 'warning',
  grant_void: 'warning',
  keys_orphaned: 'warning',
  setting: 'warning',
  backup_missing: 'warning',
  backup_old: 'warning',
  key_export_missing: 'warning',
} as const satisfies Record<string, Level>;

export type FindingKind = keyof typeof LEVELS;

export interface Finding {
  kind: FindingKind;
  /** Where, in words that the certificate and the health answer may show: `role.collection.action`, a setting, a table. */
  path: string;
  values: Readonly<Record<string, string | number>>;
}

export const levelOf = (finding: Finding): Level => LEVELS[finding.kind];

export function finding(kind: FindingKind, path: string, values: Finding['values'] = {}): Finding {
  return { kind, path, values };
}

export const isClosing = (found: Finding): boolean => levelOf(found) === 'closed';
