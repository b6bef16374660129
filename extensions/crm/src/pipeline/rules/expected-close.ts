/** What a write says of the day on which business is expected to close. Days are `YYYY-MM-DD`. */
export interface Expecting {
  /** The day that is sent; undefined: none is. */
  sent: unknown;
  /** The day that stands there; null where nothing does, or the opportunity is new. */
  stands: string | null;
  outcome: 'open' | 'won' | 'lost';
  today: string;
}

/**
 * Whether somebody newly expects open business to close on a day that is over (SAL-2). What stood there when its day passed may
 * be sent again with the rest of a form, and what is won or lost is history.
 */
export function isExpectedInPast({ sent, stands, outcome, today }: Expecting): boolean {
  if (outcome !== 'open' || typeof sent !== 'string' || !/^\d{4}-\d\d-\d\d/u.test(sent)) return false;
  const day = sent.slice(0, 10);
  return day < today && day !== stands;
}
