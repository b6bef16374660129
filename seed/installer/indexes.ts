import type { Change, Planner } from './changes.ts';
import { readIndexNames } from './standing.ts';

/** Makes the composite indexes that lists and row rules live on (budgets.md B1). */
export const planIndexes: Planner = async ({ host, input }) => {
  const names = await readIndexNames(host.database);
  return input.model.indexes
    .filter((index) => !names.has(index.name))
    .map((index): Change => ({
      what: index.name,
      count: 1,
      run: async () => {
        const columns = index.columns.map(() => '??').join(', ');
        await host.database.raw(`CREATE INDEX IF NOT EXISTS ?? ON ?? (${columns})`, [index.name, index.table, ...index.columns]);
      },
    }));
};
