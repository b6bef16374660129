/** How an opportunity stands after a write, as far as its closing day depends on it. Days are `YYYY-MM-DD`. */
export interface Closing {
  outcome: 'open' | 'won' | 'lost';
  closedOn: string | null;
  /** Whether this write brought it into its stage. */
  moved: boolean;
  /** The day on which it had entered the stage to which a move that is taken back returns it. */
  enteredOn?: string | null;
  today: string;
}

/**
 * The day on which an opportunity was won or lost (SAL-2): the day on which it entered that stage, nothing while it is open.
 * What is opened again by mistake, and returned, was closed when it was closed. The server alone sets it.
 */
export function decideClosedOn({ outcome, closedOn, moved, enteredOn, today }: Closing): string | null {
  if (outcome === 'open') return null;
  return moved ? (enteredOn ?? today) : (closedOn ?? today);
}
