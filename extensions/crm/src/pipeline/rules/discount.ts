/** A discount, what the segment allows without asking, and what has been approved. All in percent. */
export interface Discount {
  percent: number | null;
  /** Null: the segment asks for no approval. */
  limit: number | null;
  approved: number | null;
}

/** The business that a discount is about. */
interface Business {
  amount: number | null;
  customer: string | null;
}

/** What an approval still allows: it was given for one customer and so much money, and for no larger or other business (F8). */
export function approvedPercent(asked: Business & { percent: number }, now: Business): number | null {
  if (asked.customer !== now.customer) return null;
  const isMore = now.amount !== null && (asked.amount === null || now.amount > asked.amount);
  return isMore ? null : asked.percent;
}

/** Whether a change of the business asks for a discount anew: more money, another customer, another discount. */
export const isOtherDeal = (former: Business & { percent: number | null }, now: Business & { percent: number | null }): boolean =>
  former.percent !== now.percent || former.customer !== now.customer || (now.amount ?? 0) > (former.amount ?? 0);

/** Whether a discount is above the segment's threshold and above what was approved (SAL-11). */
export function needsApproval({ percent, limit, approved }: Discount): boolean {
  return percent !== null && limit !== null && percent > limit && percent > (approved ?? 0);
}
