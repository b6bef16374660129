/**
 * What happened, as the server wrote it down: moves of stages, who was given which lead, what was asked for and decided. It is
 * nobody's to write, change or delete (SAL-3, SAL-9, APR-1).
 */
export const HISTORIES: readonly string[] = ['crm_stage_changes', 'crm_allocations', 'crm_approvals', 'crm_approval_decisions'];
