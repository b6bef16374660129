import type { ValueReason } from '../../customers/index.ts';
import type { CellReason } from './file-fault.ts';

/** Why a row is not imported, besides what the form itself refuses; texts stand in locale/row-texts.ts. */
export type RowReason =
  | 'missing'
  | 'not_a_choice'
  | 'not_yes_no'
  | 'not_a_number'
  | 'out_of_range'
  | 'spreadsheet_number'
  | 'not_a_moment'
  | 'unstorable'
  | 'no_record'
  | 'unknown_reference'
  | 'ambiguous_reference'
  | 'owner_elsewhere'
  | 'owner_needed'
  | 'unknown_customer'
  | 'ambiguous_customer'
  | 'keys_disagree'
  | 'segment_column'
  | 'twice_in_file'
  | 'out_of_reach'
  | 'owner_of_customer'
  | 'needs_approval'
  | 'lead_unready'
  | 'lead_over'
  | 'not_permitted'
  | 'future_signature'
  | 'opportunity_required'
  | 'due_in_past'
  | 'due_moved_into_past'
  | 'due_of_assigned'
  | 'done_in_future'
  | 'masked';

/** What is wrong with one row: in which column, why, and through `values` what to write instead. */
export interface RowFault {
  /** From 0; null where it is about the row as a whole. */
  column: number | null;
  /** The key of the target that the column goes to, where it has one. */
  target: string | null;
  reason: RowReason | CellReason | ValueReason;
  values?: Record<string, string | number>;
}
