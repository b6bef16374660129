/** Of how many records a person may see sensitive values in a day, and when others are told (SEC-5, Q11). */
export interface RevealLimits {
  /** The heads and the system admins are told when one person reaches it. */
  noticeAt: number;
  /** Nothing more is shown on that day. */
  stopAt: number;
}

/** What holds for whoever has no segment of their own. */
export const DEFAULT_LIMITS: RevealLimits = { noticeAt: 150, stopAt: 500 };

/** A habit needs some days to be one, and below this many records nothing is unusual. */
const LEAST_DAYS = 5;
const LEAST_RECORDS = 20;
const TIMES_THE_HABIT = 3;

/** The records of each of the last days on which the person looked at anything, at most this many days. */
export const DAYS_OF_HABIT = 20;

/** Whether this record, the day's `records`-th, is the one that others are told of: each mark is passed once a day. */
export function decideNotice(records: number, habit: readonly number[], { noticeAt }: RevealLimits): 'unusual' | 'many' | null {
  if (records === noticeAt) return 'many';
  return records === unusualAt(habit) && records < noticeAt ? 'unusual' : null;
}

/** Three times the median of one's own days; infinite as long as there is no habit. */
function unusualAt(habit: readonly number[]): number {
  if (habit.length < LEAST_DAYS) return Infinity;
  return Math.max(LEAST_RECORDS, Math.ceil(TIMES_THE_HABIT * medianOf(habit)));
}

function medianOf(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** A number below which a new record can still be shown. */
export const mayLook = (records: number, { stopAt }: RevealLimits): boolean => records < stopAt;

/**
 * A page that shows numbers by itself asks for many at once: whether these can still be shown after those of the day, and
 * whether the heads are told, which is once a day.
 */
export const decidePage = (shown: number, fresh: number, { noticeAt, stopAt }: RevealLimits): { mayShow: boolean; isNotice: boolean } => ({
  mayShow: shown + fresh <= stopAt,
  isNotice: shown < noticeAt && shown + fresh >= noticeAt,
});
