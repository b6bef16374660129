import type { Rows } from '../../kernel/rows.ts';

export const FREEZES = 'crm_freezes';
export const USERS = 'directus_users';
/** The approval of a system admin's freeze (Q5). */
export const FREEZE_KIND = 'freeze_system_admin';

export type FreezeRow = Rows['crm_freezes'];

/** A stored moment, whichever database it comes from. */
export const momentOf = (value: unknown): Date | null =>
  value === null || value === undefined ? null : new Date(value as string | number | Date);
