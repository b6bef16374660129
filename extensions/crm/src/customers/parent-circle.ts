import type { Knex } from '../platform/api/host.ts';
import type { AfterWrite } from '../platform/api/write-pipeline.ts';
import { refuseFaults } from './refuse-values.ts';

const HIGHEST = 64;

/**
 * Walks up from the row; finding it again means a circle. Each row on the way is held: of two people who put two
 * organisations below each other at once, the later one finds what the earlier one wrote.
 */
export async function refuseCircle({ database, collection, item, actor }: AfterWrite): Promise<void> {
  let above = await parentOf(database, collection, item);
  for (let height = 0; above && height < HIGHEST; height += 1) {
    if (above === item) refuseFaults([{ collection, field: 'parent', reason: 'parent_cycle' }], actor?.language);
    above = await parentOf(database, collection, above);
  }
}

async function parentOf(database: Knex, collection: string, id: string): Promise<string | null> {
  const row = await database(collection).where({ id }).forNoKeyUpdate().first('parent');
  return row?.parent ?? null;
}
