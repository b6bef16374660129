/**
 * What the host stores about rights, and what the access matrix says should stand there: the two sides that the doctor
 * compares. Plain rows, JSON already parsed; `fields` null grants none, `permissions` null or `{}` means every row.
 */
export type Filter = Readonly<Record<string, unknown>> | null;

export interface PermissionRow {
  policy: string;
  collection: string;
  action: string;
  permissions: Filter;
  validation: Filter;
  presets: Filter;
  fields: readonly string[] | null;
}

export interface StoredPermission extends PermissionRow {
  id: number | string;
}

export interface PolicyRow {
  id: string;
  name: string;
  admin_access: boolean;
  app_access: boolean;
}

export interface RoleRow {
  id: string;
  name: string;
  parent: string | null;
}

/** Exactly one of `role` and `user` is set; neither means everyone who is not logged in. */
export interface AccessRow {
  id: string;
  role: string | null;
  user: string | null;
  policy: string;
}

/** What the matrix demands. Roles here are ours; `access` ties each to its policy. */
export interface ExpectedAccess {
  roles: readonly { id: string; name: string }[];
  policies: readonly PolicyRow[];
  access: readonly { role: string; policy: string }[];
  permissions: readonly PermissionRow[];
  /** Policies of ours that a person without a role of ours may hold (the auditor's); absent: none. */
  personal?: readonly string[];
}

/** What stands in the database now. `holders` are the users of our roles that have an access row of their own. */
export interface StoredAccess {
  roles: readonly RoleRow[];
  policies: readonly PolicyRow[];
  access: readonly AccessRow[];
  permissions: readonly StoredPermission[];
  holders: readonly { id: string; role: string | null; email: string | null }[];
  /** The role of people who register by themselves; null or absent while nobody may. */
  registrationRole?: string | null;
}
