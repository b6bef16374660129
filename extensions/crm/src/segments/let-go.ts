import type { Knex } from '../platform/api/host.ts';

/** Rows that have left their owner or their segment: where they stood, and where they stand now. */
export interface Leaving {
  from: { segment: string; owner: string | null };
  to: { segment: string; owner: string };
}

/** What copies of the rows have to go with them; a slice above says it, `entries/` registers it. */
type LetGo = (database: Knex, leaving: Leaving, rows: ReadonlyMap<string, ReadonlySet<string>>) => Promise<void>;

let provided: LetGo = async () => undefined;

export const provideLetGo = (letGo: LetGo): void => {
  provided = letGo;
};

/** Whatever was nobody’s until now left nobody behind. */
export const letGo: LetGo = (database, leaving, rows) =>
  leaving.from.owner === null && leaving.from.segment === leaving.to.segment ? Promise.resolve() : provided(database, leaving, rows);
