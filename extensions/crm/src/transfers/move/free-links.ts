import { COLLECTIONS } from '../../kernel/collections.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { segmentLinks, treeLinks } from '../../segments/index.ts';
import type { Move } from './move.ts';

const CHUNK = 500;

/** A link of a row that moves: which row, and what it points at. */
interface Pointing {
  id: string;
  target: string;
}

async function pointingOf(database: Knex, collection: string, field: string, ids: ReadonlySet<string>): Promise<Pointing[]> {
  const all = [...ids];
  const found: Pointing[] = [];
  for (let start = 0; start < all.length; start += CHUNK)
    found.push(
      ...(await database(collection)
        .whereIn('id', all.slice(start, start + CHUNK))
        .whereNotNull(field)
        .select('id', `${field} as target`)),
    );
  return found;
}

async function rewrite(database: Knex, collection: string, ids: readonly string[], values: Row): Promise<void> {
  for (let start = 0; start < ids.length; start += CHUNK)
    await updateLogged(database, collection, (rows) => rows.whereIn('id', ids.slice(start, start + CHUNK)), values);
}

/**
 * No row of the tree keeps a key of a row that its new readers may not see (design.md 2): what of other trees it points at, and
 * configuration that is the former segment's own. What has to point somewhere is pointed at the same thing of the new segment.
 *
 * @returns opportunities that stand in another stage now, by their key.
 */
export async function freeLinks(database: Knex, move: Move, rows: ReadonlyMap<string, ReadonlySet<string>>): Promise<Map<string, string>> {
  const stages = new Map<string, string>();
  for (const { collection, field, parent } of treeLinks()) {
    const links = await pointingOf(database, collection, field, rows.get(collection) ?? new Set());
    const away = links.filter(({ target }) => !rows.get(parent)?.has(target));
    if (!COLLECTIONS[collection]!.fields[field]!.notNull)
      await rewrite(
        database,
        collection,
        away.map(({ id }) => id),
        { [field]: null },
      );
  }
  for (const { collection, field, parent } of segmentLinks()) {
    const ids = rows.get(collection);
    if (!ids?.size || COLLECTIONS[parent]!.tenancy !== 'config') continue;
    const links = await pointingOf(database, collection, field, ids);
    for (const [target, pointing] of Map.groupBy(links, (link) => link.target)) {
      const stored: Row | undefined = await database(parent).where({ id: target }).first();
      if (!stored || stored['segment'] === null || stored['segment'] === move.to.segment) continue;
      const instead = COLLECTIONS[collection]!.fields[field]!.notNull ? await twinOf(database, parent, stored, move.to.segment) : null;
      await rewrite(
        database,
        collection,
        pointing.map(({ id }) => id),
        { [field]: instead },
      );
      if (collection === 'crm_opportunities' && instead) for (const { id } of pointing) stages.set(id, instead);
    }
  }
  return stages;
}

/** The stage of the new segment, or the one for all, that means the same and is in use: by its key, else by how it ends. */
async function twinOf(database: Knex, collection: string, { key, outcome }: Row, segment: string): Promise<string> {
  const open = () =>
    database(collection)
      .where((place) => void place.where({ segment }).orWhereNull('segment'))
      .orderByRaw('case when ?? is null then 1 else 0 end', ['segment'])
      .orderBy('sort');
  const alike = () => open().where({ outcome, active: true });
  const twin = (await alike().where({ key }).first('id')) ?? (await alike().first('id')) ?? (await open().first('id'));
  if (!twin) throw new Error(`transfers: ${collection} has no row for the new segment`);
  return twin.id as string;
}
