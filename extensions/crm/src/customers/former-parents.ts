import type { Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteContext } from '../platform/api/write-pipeline.ts';

/** The rows by which a write counts for other rows: where they stand, how the written row is named there, and their links. */
interface Counting {
  table: string;
  key: string;
  links: readonly string[];
}

const own = (table: string, ...links: string[]): Counting => ({ table, key: 'id', links });

const COUNTED_BY: Record<string, Counting> = {
  crm_contacts: own('crm_contacts', 'customer'),
  crm_customers_tags: own('crm_customers_tags', 'customer'),
  crm_activities: own('crm_activities', 'customer', 'lead', 'opportunity'),
  crm_leads: own('crm_leads', 'customer'),
  crm_opportunities: own('crm_opportunities', 'customer'),
  // The database takes the tag off all its customers by itself, without an event for each.
  crm_tags: { table: 'crm_customers_tags', key: 'tag', links: ['customer'] },
};

/** How many rows are kept in mind, and how many earlier places of one. */
const MOST = 10_000;
const FEW = 8;

/**
 * Where rows hung before they were moved or deleted. After the write the old link is gone, so it is noted just before, and
 * looked up inside the transaction; the note stays, because the host runs a transaction again after a deadlock. Every
 * place that was written since stands in it too: two people who move one row at once both started from the same place.
 * Notes are dropped by age.
 */
export function rememberFormerParents() {
  const notes = new Map<string, Row[]>();

  function remember(key: string, rows: Row[]): void {
    notes.delete(key);
    notes.set(key, rows);
    for (const oldest of notes.keys()) {
      if (notes.size <= MOST) return;
      notes.delete(oldest);
    }
  }

  return {
    async note(collection: string, keys: readonly string[], { database }: Pick<WriteContext, 'database'>, payload?: Row): Promise<void> {
      const counting = COUNTED_BY[collection];
      if (!counting || (payload && !counting.links.some((link) => link in payload))) return;
      const rows: Row[] = await database(counting.table)
        .whereIn(counting.key, [...keys])
        .select([`${counting.key} as noted`, ...counting.links]);
      for (const [key, standing] of Map.groupBy(rows, ({ noted }) => `${collection}/${String(noted)}`)) {
        const earlier = counting.key === 'id' ? (notes.get(key) ?? []) : [];
        remember(key, [...earlier.slice(-FEW), ...standing]);
      }
    },
    /** Where the row hung before, and where it hangs now, which comes last. */
    async links({ database, collection, item, action }: AfterWrite): Promise<Row[]> {
      const key = `${collection}/${item}`;
      const before = notes.get(key) ?? [];
      const now: Row | undefined = action === 'delete' ? undefined : await database(collection).where({ id: item }).first();
      if (!now || !before.length) return now ? [now] : before;
      remember(key, [...before.slice(-FEW), now]);
      return [...before, now];
    },
  };
}
