import { AsyncLocalStorage } from 'node:async_hooks';

/** What whoever moves an opportunity through our own route knows besides the row: what they saw, and what becomes of it. */
export interface Move {
  opportunity: string;
  /** The stage that they saw; another one refuses the move. */
  from: string | null;
  /** The change that is taken back by this move. */
  reverses: string | null;
  /** The entry in the history, once it is written. */
  change: string | null;
}

/** One for the process: the host loads a bundle anew when extensions change, while its routes keep the old one. */
const PLACE = Symbol.for('group-crm.move');
const shared = globalThis as { [PLACE]?: AsyncLocalStorage<Move> };
const storage = (shared[PLACE] ??= new AsyncLocalStorage<Move>());

/** Runs a write as a move; the write's own transaction judges it. */
export const asMove = <T>(move: Move, work: () => Promise<T>): Promise<T> => storage.run(move, work);

/** The move that is being made of this opportunity, if it is one of our route. */
export function moveOf(opportunity: string): Move | null {
  const move = storage.getStore();
  return move?.opportunity === opportunity ? move : null;
}
