import { COLLECTIONS } from '../kernel/collections.ts';
import type { Knex } from '../platform/api/host.ts';
import { fileLinks, segmentLinks, treeLinks, type TreeLink } from './rules/tree.ts';

/** How many rows of `child` stand elsewhere than the row of `parent` that their `field` points at. */
export interface Straggling {
  child: string;
  field: string;
  parent: string;
  count: number;
}

async function countOf(
  database: Knex,
  { collection, field, parent }: TreeLink,
  differs: (query: Knex.QueryBuilder) => void,
): Promise<Straggling> {
  const query = database(`${collection} as below`).join(`${parent} as above`, 'above.id', `below.${field}`).where(differs);
  const [row] = await query.count({ rows: '*' });
  return { child: collection, field, parent, count: Number(row!['rows']) };
}

const otherPlace = (query: Knex.QueryBuilder) =>
  void query
    .whereRaw('?? is distinct from ??', ['below.segment', 'above.segment'])
    .orWhereRaw('?? is distinct from ??', ['below.owner', 'above.owner']);
const otherSegment = (query: Knex.QueryBuilder) =>
  void query.whereNotNull('above.segment').whereRaw('?? <> ??', ['below.segment', 'above.segment']);

/**
 * Counts every row whose segment or owner differs from its tree's, over all relations of the model: what decision 2
 * promises and the doctor checks (design.md 3). All counts are 0 unless somebody wrote past the host.
 */
export async function treeRecount(database: Knex): Promise<Straggling[]> {
  const found: Straggling[] = [];
  for (const link of [...treeLinks(), ...fileLinks()]) found.push(await countOf(database, link, otherPlace));
  for (const link of segmentLinks()) {
    const placed = COLLECTIONS[link.parent]!.fields['owner'] ? otherPlace : otherSegment;
    found.push(await countOf(database, link, placed));
  }
  return found.filter(({ count }) => count > 0);
}
