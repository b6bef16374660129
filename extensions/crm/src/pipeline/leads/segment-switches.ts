import type { Knex } from '../../platform/api/host.ts';

/** How a segment has its leads allocated (Q2, SAL-9). */
export interface SegmentSwitches {
  /** Q21: the pool of leads that no segment has yet. */
  isPool: boolean;
  /** SAL-10: allocating asks for an approval. */
  needsApproval: boolean;
  /** SAL-9: supplied leads are routed by region. */
  isRouted: boolean;
  active: boolean;
}

export async function segmentOf(database: Knex, id: string): Promise<SegmentSwitches | null> {
  const row = await database('crm_segments').where({ id }).first('is_group_pool', 'allocation_needs_approval', 'lead_routing', 'active');
  if (!row) return null;
  return {
    isPool: Boolean(row.is_group_pool),
    needsApproval: Boolean(row.allocation_needs_approval),
    isRouted: row.lead_routing === null || Boolean(row.lead_routing),
    active: Boolean(row.active),
  };
}
