import type { Row } from '../platform/api/host.ts';
import type { WriteContext } from '../platform/api/write-pipeline.ts';

/** Fields by which a row counts for another row's completeness or marks. */
const COUNTED_BY: Record<string, readonly string[]> = {
  crm_contacts: ['customer'],
  crm_customers_tags: ['customer'],
  crm_activities: ['customer', 'lead', 'opportunity'],
  crm_leads: ['customer'],
  crm_opportunities: ['customer'],
};

export const FOLLOWED = Object.keys(COUNTED_BY);

const MOST = 10_000;

/**
 * Where rows hung before they were moved or deleted. After the write the old link is gone, so it is noted just before
 * and taken up inside the transaction. Notes of writes that were refused in between are dropped by age.
 */
export function rememberFormerParents() {
  const notes = new Map<string, Row>();
  return {
    async note(collection: string, keys: readonly string[], { database }: Pick<WriteContext, 'database'>, payload?: Row): Promise<void> {
      const fields = COUNTED_BY[collection];
      if (!fields || (payload && !fields.some((field) => field in payload))) return;
      const rows: Row[] = await database(collection)
        .whereIn('id', [...keys])
        .select(['id', ...fields]);
      for (const row of rows) notes.set(`${collection}/${String(row['id'])}`, row);
      for (const key of notes.keys()) {
        if (notes.size <= MOST) break;
        notes.delete(key);
      }
    },
    take(collection: string, item: string): Row | null {
      const key = `${collection}/${item}`;
      const row = notes.get(key) ?? null;
      notes.delete(key);
      return row;
    },
  };
}

export type FormerParents = ReturnType<typeof rememberFormerParents>;
