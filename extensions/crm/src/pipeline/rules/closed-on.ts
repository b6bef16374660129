/** How an opportunity stands after a write, as far as its closing day depends on it. Days are `YYYY-MM-DD`. */
export interface Closing {
  outcome: 'open' | 'won' | 'lost';
  closedOn: string | null;
  /** Whether this write brought it into its stage. */
  moved: boolean;
  /** The day on which it entered the stage before this one. */
  enteredBefore: string | null;
  today: string;
}

/**
 * The day on which an opportunity was won or lost (SAL-2): today when it enters such a stage, nothing while it is open. A day
 * that a person typed stays; the one that the server set moves along from lost to won.
 */
export function decideClosedOn({ outcome, closedOn, moved, enteredBefore, today }: Closing): string | null {
  if (outcome === 'open') return null;
  const isOurs = moved && closedOn !== null && closedOn === enteredBefore;
  return closedOn === null || isOurs ? today : closedOn;
}
