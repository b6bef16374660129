const MIB = 1024 * 1024;

/** How much of a file is read, whatever it says about itself (F29, F30). */
export interface Limits {
  fileBytes: number;
  rows: number;
  /** Besides those that are imported: headings, what stands above them, examples of a template. */
  rowsAround: number;
  columns: number;
  cellChars: number;
  /** Of a workbook: its parts, all of them unpacked, the packed size they may come from, and what one mark-up may hold. */
  parts: number;
  unpackedBytes: number;
  ratio: number;
  markupChars: number;
  depth: number;
  sharedTextBytes: number;
  sharedTextInMemory: number;
  mergedRanges: number;
  /** Of a part that only describes the workbook, unpacked: its relations, its list of sheets, its styles. */
  describingBytes: number;
  relations: number;
  sheets: number;
  /** More formats of cells no program takes. */
  styles: number;
}

export const LIMITS: Limits = {
  fileBytes: 100 * MIB,
  rows: 500_000,
  rowsAround: 1_100,
  columns: 200,
  cellChars: 32_767,
  parts: 2_000,
  unpackedBytes: 1024 * MIB,
  ratio: 100,
  markupChars: 2 * MIB,
  depth: 64,
  sharedTextBytes: 256 * MIB,
  sharedTextInMemory: 32 * MIB,
  mergedRanges: 100_000,
  describingBytes: 16 * MIB,
  relations: 2_000,
  sheets: 2_000,
  styles: 65_490,
};

/** Below this size a part may be packed as tightly as it likes. */
export const FREE_OF_RATIO = 10 * MIB;
