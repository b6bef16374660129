/** Every reason why a file is not read; each has a text in both languages (locale/file-texts.ts). IMP-2, F29 to F31. */
export type FileReason =
  | 'empty'
  | 'too_large'
  | 'old_excel'
  | 'encrypted'
  | 'binary_workbook'
  | 'open_document'
  | 'apple_numbers'
  | 'word'
  | 'html'
  | 'xml_table'
  | 'json'
  | 'pdf'
  | 'image'
  | 'archive'
  | 'no_table'
  | 'text_named_xlsx'
  | 'workbook_named_text'
  | 'damaged'
  | 'too_many_parts'
  | 'unpacks_too_large'
  | 'forbidden_xml'
  | 'no_sheet'
  | 'unknown_sheet'
  | 'too_many_merged'
  | 'undecodable'
  | 'mixed_encodings'
  | 'quote_open'
  | 'row_too_long'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'no_rows'
  | 'no_heading_line'
  | 'no_space';

export interface FileFault {
  reason: FileReason;
  values?: Record<string, string | number>;
}

/** Why one cell cannot be taken as it stands in the file; the row is not imported until it is corrected. F31. */
export type CellReason =
  | 'formula_without_value'
  | 'formula_error'
  | 'merged'
  | 'rounded_number'
  | 'shown_otherwise'
  | 'no_such_date'
  | 'damaged_text'
  | 'too_long'
  | 'no_header'
  | 'rewrite';

export interface CellFault {
  /** From 0. */
  column: number;
  reason: CellReason;
  values?: Record<string, string | number>;
}

/** One row of a table file, with the line number that a person sees in the file. */
export interface TableRow {
  line: number;
  cells: string[];
  faults?: CellFault[];
  /** Hidden in the spreadsheet, by hand or by a filter; it is read like every other, and counted for the user to see. */
  hidden?: true;
}
