import type { Knex } from '../../platform/api/host.ts';
import type { TimelinePlace } from '../rules/timeline-place.ts';

/** The records that have a timeline. */
export const TIMELINE_COLLECTIONS = ['crm_customers', 'crm_leads', 'crm_opportunities', 'crm_contacts'] as const;
export type TimelineCollection = (typeof TIMELINE_COLLECTIONS)[number];

export interface TimelineRecord {
  collection: TimelineCollection;
  id: string;
}

/** Rows that hang on records of a tree: where they stand, and when they count. */
interface Hanging {
  table: string;
  /** The moment of a row, out of its columns. */
  moments: readonly string[];
  links: readonly ('customer' | 'lead' | 'opportunity')[];
}

const HANGING = {
  activity: { table: 'crm_activities', moments: ['done_at', 'date_created'], links: ['customer', 'lead', 'opportunity'] },
  stage: { table: 'crm_stage_changes', moments: ['changed_at'], links: ['opportunity'] },
  approval: { table: 'crm_approvals', moments: ['date_created'], links: ['customer', 'lead', 'opportunity'] },
} as const satisfies Record<string, Hanging>;

export type HangingKind = keyof typeof HANGING;

const LINK_OF: Partial<Record<TimelineCollection, 'customer' | 'lead' | 'opportunity'>> = {
  crm_customers: 'customer',
  crm_leads: 'lead',
  crm_opportunities: 'opportunity',
};

const THROUGH = [
  ['lead', 'crm_leads'],
  ['opportunity', 'crm_opportunities'],
] as const;

/**
 * Where the newest rows of one kind stand that hang on a record, and on all of its tree where it is a customer: each way on
 * its own, so that every one of them uses the index of its link. What the caller may not read is left out afterwards, by
 * the host's rules; a tree has one owner, so that is nothing (design.md 2).
 */
export async function placesOf(
  database: Knex,
  kind: HangingKind,
  { collection, id }: TimelineRecord,
  { before, limit }: { before: TimelinePlace | null; limit: number },
): Promise<TimelinePlace[]> {
  const { table, moments, links }: Hanging = HANGING[kind];
  const own = LINK_OF[collection];
  if (!own) return [];
  const moment = database.raw(`coalesce(${moments.map(() => '??').join(', ')}, ?)`, [
    ...moments.map((column) => `${table}.${column}`),
    new Date(0),
  ]);
  const newest = () => {
    const rows = database(table).select(`${table}.id`).select({ at: moment }).limit(limit);
    void rows.orderBy([
      { column: 'at', order: 'desc' },
      { column: `${table}.id`, order: 'desc' },
    ]);
    if (before) {
      const at = new Date(before.at);
      void rows.andWhere((earlier) => {
        void earlier.whereRaw('? < ?', [moment, at]);
        if (before.id) void earlier.orWhere((same) => void same.whereRaw('? = ?', [moment, at]).andWhere(`${table}.id`, '<', before.id));
      });
    }
    return rows;
  };
  const ways = [
    ...(links.includes(own) ? [newest().where(`${table}.${own}`, id)] : []),
    ...(own === 'customer'
      ? THROUGH.filter(([link]) => links.includes(link)).map(([link, above]) =>
          newest().join(above, `${above}.id`, `${table}.${link}`).where(`${above}.customer`, id),
        )
      : []),
  ];
  const found: { id: string; at: unknown }[] = (await Promise.all(ways)).flat();
  return found.map((row) => ({ id: row.id, at: new Date(row.at as number | string | Date).getTime() }));
}
