/** Days from one to another, both included, as `YYYY-MM-DD`. */
export interface Span {
  from_on: string;
  to_on: string;
}

const DAY_MS = 86_400_000;
/** A slip of the year, more likely than an absence. */
const MOST_DAYS = 366;

export const daysOf = ({ from_on, to_on }: Span): number => Math.round((Date.parse(to_on) - Date.parse(from_on)) / DAY_MS) + 1;

export const overlap = (one: Span, other: Span): boolean => one.from_on <= other.to_on && other.from_on <= one.to_on;

export const isIn = (day: string, { from_on, to_on }: Span): boolean => from_on <= day && day <= to_on;

export type AbsenceReason = 'ends_before' | 'too_long' | 'overlaps';

/** Whether somebody may be away then: from before to, and not away already, on a trip or on leave (Q12). */
export function judgeAbsence(span: Span, others: readonly Span[]): AbsenceReason | null {
  if (span.to_on < span.from_on) return 'ends_before';
  if (daysOf(span) > MOST_DAYS) return 'too_long';
  return others.some((other) => overlap(span, other)) ? 'overlaps' : null;
}

export interface Withdrawal {
  state: string;
  fromOn: string;
  today: string;
}

export type WithdrawalReason = 'over' | 'begun';

/** Whether an absence may be taken back: while nothing came of it, and an approved one until it begins. */
export function judgeWithdrawal({ state, fromOn, today }: Withdrawal): WithdrawalReason | null {
  if (state === 'requested') return null;
  if (state !== 'approved') return 'over';
  return fromOn <= today ? 'begun' : null;
}

export interface Ending extends Withdrawal {
  toOn: string;
}

export type EndingReason = 'over' | 'not_begun';

/** Whether an absence that has begun may be ended now; what has not begun is withdrawn instead (Q12). */
export function judgeEnding({ state, fromOn, toOn, today }: Ending): EndingReason | null {
  if (state === 'requested' || (state === 'approved' && today < fromOn)) return 'not_begun';
  return state === 'approved' && today <= toOn ? null : 'over';
}

/** The last day of an absence that ends today: whoever is back today was away until yesterday; null: not at all. */
export function lastDayBefore(today: string, fromOn: string): string | null {
  if (today <= fromOn) return null;
  return new Date(Date.parse(today) - DAY_MS).toISOString().slice(0, 10);
}
