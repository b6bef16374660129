import type { Rows } from '../kernel/rows.ts';

export const TRANSFERS = 'crm_transfers';
export const CUSTOMERS = 'crm_customers';
export const DISPUTES = 'crm_disputes';

export type TransferRow = Rows['crm_transfers'];

/** States in which something can still become of it. */
export const OPEN_STATES: readonly string[] = ['requested', 'approved'];
