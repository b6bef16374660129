/** What other slices use of leads: what a table that is imported does to them, by the same rules as a form. */
export { enteredColumns, settleEntered, settleOverwritten } from './imported.ts';
export type { LeadPorts } from './ports.ts';
export type { Former } from './lead-row.ts';
