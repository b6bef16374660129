import type { Knex } from './host.ts';

/**
 * Runs `work` once what `database` writes stands: after the commit of the transaction that it is, at once where it is none.
 * What was rolled back is told to nobody (facts §4).
 */
export function afterCommit(database: Knex, work: () => void): void {
  const { executionPromise } = database as Partial<Pick<Knex.Transaction, 'executionPromise'>>;
  if (executionPromise) executionPromise.then(work, () => undefined);
  else work();
}
