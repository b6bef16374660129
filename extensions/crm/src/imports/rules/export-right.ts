import type { RoleName } from '../../kernel/roles.ts';

/** The most rows that each role takes out at once; what goes beyond needs a right of its own (SEC-5). */
export type RowAllowances = Readonly<Record<RoleName, number>>;

/** What an installation begins with (GB/T 35273: access by need). */
export const ROW_ALLOWANCES: RowAllowances = {
  sales_rep: 1000,
  segment_admin: 10_000,
  segment_head: 10_000,
  group_executive: 10_000,
  system_admin: 100_000,
};

/** How many rows somebody may ask for, where the installation says nothing else: as many as anybody may take out. */
export const ROWS_ASKED = ROW_ALLOWANCES.system_admin;

/** How many rows somebody may take out at once; the technical administrator as many as a system admin. */
export const rowAllowance = ({ role, admin }: { role: RoleName | null; admin: boolean }, allowances: RowAllowances): number =>
  role ? allowances[role] : admin ? allowances.system_admin : 0;

/** How often somebody takes out the most rows within a day where the installation says nothing else. */
export const DAY_TIMES = 3;

/** How many rows somebody may take out now, after so many in the last 24 hours: many small exports are one large one (SEC-5). */
export const rowsLeft = (most: number, times: number, taken: number): number => Math.max(0, Math.floor(most * times) - taken);
