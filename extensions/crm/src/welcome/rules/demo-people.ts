import type { RoleName } from '../../kernel/roles.ts';

/** The log-ins behind the cards of the demo's log-in page, in the order in which they stand there (contract.md). */
export const CARD_LOGINS: readonly { role: RoleName; email: string }[] = [
  { role: 'sales_rep', email: 'rep1.s01@example.com' },
  { role: 'segment_admin', email: 'segadmin.s01@example.com' },
  { role: 'segment_head', email: 'head.s01@example.com' },
  { role: 'group_executive', email: 'exec1@example.com' },
  { role: 'system_admin', email: 'sysadmin1@example.com' },
];
