import type { Knex } from './host.ts';

/** The columns by which the statements of long work find rows, by table. */
export type Searched = Readonly<Record<string, readonly string[]>>;

/** From so many rows on a plan that reads all of them is felt. */
const FIRST = 1000;
const TIMES = 4;

/**
 * Keeps the planner of PostgreSQL informed while long work fills tables (B7). What it knows of a table that was small a minute
 * ago is that it is small, so each statement of a chunk reads all that was written before; and where the database is asked
 * to look by itself at all, it does so once a minute. Rows are looked at when there are 1,000, 4,000, 16,000 … of them: a sample,
 * of the columns that are searched, and nobody waits for it. SQLite goes by its indexes alone.
 *
 * @returns to be told, between two transactions, how many rows there are; `isOver` looks once more at those that came since.
 */
export function informPlanner(database: Knex, searched: Searched): (rows: number, isOver?: boolean) => Promise<void> {
  let next = FIRST;
  let looked = 0;
  return async (rows, isOver = false) => {
    if (database.client.config.client !== 'pg' || rows < FIRST || rows === looked || (rows < next && !isOver)) return;
    looked = rows;
    while (next <= rows) next *= TIMES;
    const name = (one: string) => database.ref(one).toQuery();
    const tables = Object.entries(searched).map(([table, columns]) => `${name(table)} (${columns.map(name).join(', ')})`);
    // Plans are slow without it, never wrong: whoever may not look (another owner of the tables) works all the same.
    await database.raw(`ANALYZE (SKIP_LOCKED) ${tables.join(', ')}`).catch(() => undefined);
  };
}
