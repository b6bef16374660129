/** How many days a hand-over can be taken back (N5). */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

export const undoUntil = (finished: Date): Date => new Date(finished.getTime() + UNDO_DAYS * DAY_MS);

export type UndoReason = 'not_done' | 'undo_over';

/** Whether a hand-over can be taken back now; `again`: it is being taken back, or was, and nothing more is to be decided. */
export function decideUndo(state: string, until: Date | null, now: Date): 'begin' | 'again' | UndoReason {
  if (state === 'undoing' || state === 'undone') return 'again';
  if (state !== 'done') return 'not_done';
  return until && now > until ? 'undo_over' : 'begin';
}

/** States in which rows are on their way. */
export const UNDER_WAY: readonly string[] = ['running', 'undoing'];
