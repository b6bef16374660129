/** A discount, what the segment allows without asking, and what has been approved. All in percent. */
export interface Discount {
  percent: number | null;
  /** Null: the segment asks for no approval. */
  limit: number | null;
  approved: number | null;
}

/** Whether a discount is above the segment's threshold and above what was approved (SAL-11). */
export function needsApproval({ percent, limit, approved }: Discount): boolean {
  return percent !== null && limit !== null && percent > limit && percent > (approved ?? 0);
}
