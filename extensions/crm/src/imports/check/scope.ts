import type { Knex } from '../../platform/api/host.ts';
import { ROOT } from '../rules/row-key.ts';
import type { ImportPlace } from '../rules/importer.ts';
import type { ImportKind } from '../rules/targets.ts';

/**
 * The rows that an import can mean: those of its segment, for a rep own ones. The same as the access matrix says, in SQL;
 * whatever lies outside answers as if it were not there (ORG-2).
 */
export const within = (query: Knex.QueryBuilder, { segment, ownOnly }: ImportPlace): Knex.QueryBuilder =>
  ownOnly ? query.where({ segment, owner: ownOnly }) : query.where({ segment });

/** By what a person knows a row of a kind. */
export const NAME_FIELD: Readonly<Record<ImportKind, string>> = {
  customers: 'name',
  contacts: 'name',
  leads: 'title',
  activities: 'subject',
  orders: 'number',
};

/** Rows of a kind that an import can mean; a merged customer lives on in another one. */
export function rowsOfKind(database: Knex, kind: ImportKind, place: ImportPlace): Knex.QueryBuilder {
  const query = within(database(ROOT[kind]), place);
  return kind === 'customers' ? query.whereNot({ status: 'merged' }) : query;
}

const CHUNK = 500;

/** Asks once for every so many values, so that no database meets more of them than it takes. */
export async function inChunks<Value, Found>(values: readonly Value[], ask: (part: Value[]) => Promise<Found[]>): Promise<Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < values.length; at += CHUNK) found.push(...(await ask(values.slice(at, at + CHUNK))));
  return found;
}
