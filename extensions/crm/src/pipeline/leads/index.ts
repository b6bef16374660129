/** What other slices use of leads: what a table that is imported does to them, by the same rules as a form. */
export { enteredColumns, settleEntered, settleOverwritten } from './imported.ts';
/** What a lead that is given by a ruling becomes, and the log of who got it (SAL-9). */
export { giveLead } from './give-lead.ts';
export { loadsOf } from './load.ts';
export { holdLead, LEADS } from './lead-row.ts';
export type { LeadPorts } from './ports.ts';
export type { LeadRow } from './lead-row.ts';
export { missingNames } from './refuse.ts';
export { isOpen, missingToAllocate } from './rules/lead-status.ts';
export { isLeftUnallocated } from './rules/left-unallocated.ts';
