/** What the verification of the log can find; closed, so that each has its words. */
export type Fault =
  /** An entry is not what was signed. */
  | { kind: 'row_edited'; row: string; block: number | null }
  /** Written with a key that is not in CRM_KEYS. */
  | { kind: 'row_key_missing'; row: string; block: number | null }
  | { kind: 'row_removed'; row: string; block: number }
  /** An entry names a block that does not name it, or a block that does not stand. */
  | { kind: 'row_misplaced'; row: string; block: number }
  | { kind: 'block_edited'; block: number }
  | { kind: 'block_key_missing'; block: number }
  /** Numbers are missing before this block, and no sealed summary accounts for them. */
  | { kind: 'block_removed'; block: number }
  /** The block does not follow from the one before it. */
  | { kind: 'chain_broken'; block: number }
  /** The remembered head is not in the chain: it was cut at its end, or replaced. */
  | { kind: 'head_missing'; block: number; where: 'database' | 'file' | 'given' };

export interface Verification {
  entries: number;
  blocks: number;
  /** Entries that are in no block yet, and since when. */
  unsealed: { count: number; since: string | null };
  head: { number: number; hash: string } | null;
  faults: Fault[];
}
