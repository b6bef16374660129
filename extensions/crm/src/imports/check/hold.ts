import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { ImportRow } from '../store/import-row.ts';
import { IMPORTS } from '../staging.ts';

/** Somebody else reads the import now, or it is not to be read any more; what this one did is undone or not begun. */
export class HoldLost extends Error {}

/**
 * The right of one process to read an import: every write moves `date_updated` on, and only from where this process has
 * put it. There is a sign of life in every write, and one now and then beside them, however long a slice takes; a process
 * that was taken for dead all the same writes nothing more (F33).
 */
export interface Hold {
  /** Changes the import and, in the same transaction, whatever `also` writes. @throws HoldLost */
  write(changes: Row, also?: (transaction: Knex) => Promise<void>): Promise<void>;
  /** No more signs of life. */
  release(): void;
}

/**
 * Takes the import for reading, from the state in which it was seen; null where somebody else was faster.
 *
 * @param signMs how often a sign of life is given; others take the import over when there was none for several of them.
 */
export async function takeHold(
  database: Knex,
  clock: Clock,
  { id, date_updated }: Pick<ImportRow, 'id' | 'date_updated'>,
  changes: Row,
  also: (transaction: Knex) => Promise<void>,
  signMs: number,
): Promise<Hold | null> {
  let mark: Date | null = date_updated === null ? null : new Date(date_updated);

  /** One write after the other: each goes out from where the one before has put the mark. */
  let last: Promise<unknown> = Promise.resolve();
  function write(values: Row, more?: (transaction: Knex) => Promise<void>): Promise<void> {
    const written = last.then(() => move(values, more));
    last = written.catch(() => undefined);
    return written;
  }

  async function move(values: Row, more: (transaction: Knex) => Promise<void> = async () => undefined): Promise<void> {
    const next = new Date(Math.max(clock.now().getTime(), (mark?.getTime() ?? 0) + 1));
    await database.transaction(async (transaction) => {
      const mine = transaction(IMPORTS).where({ id, status: 'uploaded' });
      const moved = await (mark ? mine.where({ date_updated: mark }) : mine.whereNull('date_updated')).update({
        ...values,
        date_updated: next,
      });
      if (!moved) throw new HoldLost();
      await more(transaction);
    });
    mark = next;
  }

  try {
    await write(changes, also);
    // What goes wrong with a sign shows at the next write.
    const signs = setInterval(() => void write({}).catch(() => undefined), signMs).unref();
    return { write, release: () => clearInterval(signs) };
  } catch (error) {
    if (error instanceof HoldLost) return null;
    throw error;
  }
}
