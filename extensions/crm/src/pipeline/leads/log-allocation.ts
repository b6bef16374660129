import { randomUUID } from 'node:crypto';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { How } from './ports.ts';

export interface Allocation {
  lead: { id: string; segment: string };
  from: string | null;
  to: string;
  by: string | null;
  how: How;
  /** Open leads of the new owner before this one came. */
  openLeads: number;
  reason: string | null;
  at: Date;
}

/** Writes who got which leads (SAL-9), in the transaction that gave them; each entry hangs on its lead. */
export async function logAllocations(database: Knex, allocations: readonly Allocation[]): Promise<void> {
  const rows = allocations.map(({ lead, from, to, by, how, openLeads, reason, at }) => ({
    id: randomUUID(),
    lead: lead.id,
    at,
    by,
    from_owner: from,
    to_owner: to,
    how,
    open_leads: openLeads,
    reason,
    segment: lead.segment,
    owner: to,
  }));
  if (!rows.length) return;
  await database.batchInsert('crm_allocations', rows, CHUNK);
  await changeLog().created(
    database,
    'crm_allocations',
    rows.map(({ id }) => id),
  );
}

const CHUNK = 200;
