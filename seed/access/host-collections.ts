import type { RoleName } from '../../extensions/crm/src/kernel/roles.ts';
import type { Action } from './decisions.ts';
import { DASHBOARDS } from './dashboards.ts';
import {
  CRM_ROLES,
  CRM_USERS,
  HOME,
  isSegmentRole,
  managesSegments,
  NEW_CRM_USERS,
  peopleRule,
  ROLE_OF_OURS,
  rowRule,
  SELF,
  type RowFilter,
} from './row-rules.ts';

/** One cell of the matrix on a collection of the host. */
export interface HostCell {
  action: Action;
  fields: readonly string[];
  permissions?: RowFilter;
  validation?: RowFilter;
  presets?: Record<string, unknown> | null;
}

/** Whether somebody still works here is part of the face: the Studio lists people by it, for whoever opens that page. */
const FACE = ['id', 'first_name', 'last_name', 'avatar', 'title', 'status', 'crm_section', 'crm_segment', 'crm_team', 'crm_position'];
const WORK = ['email', 'last_access', 'crm_company', 'crm_employee_no'];
/** What holds somebody back, and when the password was last set: for whoever opens accounts. */
const HELD = ['crm_pending_exam', 'crm_must_change_password', 'crm_password_changed_at'];
const LOOK = ['language', 'appearance', 'theme_light', 'theme_dark', 'text_direction', 'email_notifications'];
const POST = ['first_name', 'last_name', 'email', 'title', 'status', 'role', 'language', 'crm_section', 'crm_segment', 'crm_company'];
/** A person may be held back until the exam is passed (ACC-11). */
const PLACE = ['crm_team', 'crm_employee_no', 'crm_position', 'crm_pending_exam', 'crm_managed_segments'];
/** Opens the Studio's button of the second factor to its owner. No form writes it, the host refuses that; only its routes do (ACC-7). */
const FACTOR = 'tfa_secret';
/** Writes nothing (the host drops it), but without it GraphQL could not name a person as the owner of something. */
const KEY = 'id';

/**
 * People. A rep sees names, places and who still works here, heads and admins also when somebody was last here; who may log in and as
 * what is the system admin's (ORG-8). Everyone may choose language and looks of the own log-in, nothing else.
 */
function users(role: RoleName): HostCell[] {
  if (role === 'system_admin') {
    return [
      { action: 'read', fields: [...FACE, ...WORK, ...LOOK, 'description', 'role', 'crm_managed_segments', ...HELD] },
      { action: 'create', fields: [...POST, ...PLACE, 'password'], validation: NEW_CRM_USERS },
      {
        action: 'update',
        fields: [...new Set([KEY, ...POST, ...PLACE, ...LOOK])],
        permissions: CRM_USERS,
        validation: ROLE_OF_OURS,
      },
    ];
  }
  return [
    { action: 'read', fields: role === 'sales_rep' ? FACE : [...FACE, ...WORK], permissions: peopleRule(role) },
    { action: 'update', fields: [KEY, FACTOR, ...LOOK], permissions: { id: { _eq: SELF } } },
  ];
}

const FILE_FACE = [
  'id',
  'folder',
  'tags',
  'title',
  'description',
  'filename_download',
  'type',
  'filesize',
  'width',
  'height',
  'duration',
  'focal_point_x',
  'focal_point_y',
];
const FILE_STAMPS = ['uploaded_by', 'uploaded_on', 'modified_on', 'segment', 'owner'];
const FILE_WORDS = ['title', 'description', 'focal_point_x', 'focal_point_y'];
/** `storage` is what the host itself fills in on every upload; there is one place in our configuration. */
const FILE_UPLOAD = ['title', 'description', 'filename_download', 'type', 'storage'];

/** Files carry segment and owner like every row; both come from the uploader and move with the record (threats.md P4). */
function files(role: RoleName): HostCell[] {
  const fields = [...FILE_FACE, ...FILE_STAMPS];
  if (role === 'group_executive') return [{ action: 'read', fields }];
  const permissions = isSegmentRole(role) ? rowRule(role, managesSegments(role) ? 'segment' : 'own') : null;
  const mayRemove: HostCell[] = role === 'system_admin' ? [{ action: 'delete', fields: ['*'] }] : [];
  return [
    { action: 'read', fields, permissions },
    { action: 'create', fields: FILE_UPLOAD, presets: { segment: HOME, owner: SELF }, validation: permissions },
    { action: 'update', fields: FILE_WORDS, permissions },
    ...mayRemove,
  ];
}

/** Which of the host's own collections a role reaches. What is absent here is denied, except the app's minimum. */
export function hostCells(role: RoleName): Record<string, HostCell[]> {
  const dashboards = [...DASHBOARDS[role]];
  const boards: Record<string, HostCell[]> = dashboards.length
    ? {
        directus_dashboards: [{ action: 'read', fields: ['*'], permissions: { id: { _in: dashboards } } }],
        directus_panels: [{ action: 'read', fields: ['*'], permissions: { dashboard: { _in: dashboards } } }],
      }
    : {};
  return {
    directus_users: users(role),
    directus_files: files(role),
    // The file picker asks for folders and fails without an answer; the answer is always none.
    directus_folders: [{ action: 'read', fields: ['id', 'name', 'parent'], permissions: { id: { _null: true } } }],
    ...boards,
    ...(role === 'system_admin'
      ? { directus_roles: [{ action: 'read', fields: ['id', 'name', 'icon', 'description'], permissions: CRM_ROLES }] }
      : {}),
  };
}
