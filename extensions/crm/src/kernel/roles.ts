/** The five roles of the management measure (001 §5), with the ids under which every installation stores them. */
export const ROLE_IDS = {
  system_admin: 'c0a1d000-0000-4000-8000-000000000001',
  group_executive: 'c0a1d000-0000-4000-8000-000000000002',
  segment_head: 'c0a1d000-0000-4000-8000-000000000003',
  segment_admin: 'c0a1d000-0000-4000-8000-000000000004',
  sales_rep: 'c0a1d000-0000-4000-8000-000000000005',
} as const;

export type RoleName = keyof typeof ROLE_IDS;

export const ROLE_NAMES = Object.keys(ROLE_IDS) as RoleName[];

const NAME_BY_ID = new Map<string, RoleName>(ROLE_NAMES.map((name) => [ROLE_IDS[name], name]));

/** The CRM role behind a host role id, or null for the technical administrator, the public and foreign roles. */
export function roleOf(roleId: string | null | undefined): RoleName | null {
  return (roleId && NAME_BY_ID.get(roleId)) || null;
}

/** The group pool `s00` (Q21): home of the group staff, seen whole by system_admin and group_executive only. */
export const GROUP_SEGMENT_ID = 'c0a1d000-0000-4000-8000-0000000000a0';
/** The company of the group pool. */
export const GROUP_COMPANY_ID = 'c0a1d000-0000-4000-8000-0000000000b0';
