import { updateLogged } from '../../platform/api/change-log.ts';
import type { Work } from '../commit/import-record.ts';

const APPROVALS = 'crm_approvals';

/**
 * Requests that the import itself made for leads that it brought, and that nobody has decided (SAL-10). What somebody asked for
 * afterwards is work on the lead: that one stays.
 */
export async function ownRequests({ database, record }: Work, collection: string, leads: readonly string[]): Promise<Set<string>> {
  if (collection !== 'crm_leads' || !leads.length) return new Set();
  const waiting: { id: string; date_created: string }[] = await database(APPROVALS)
    .whereIn('lead', [...leads])
    .where({ kind: 'lead_allocation', state: 'pending', requested_by: record.owner })
    .select('id', 'date_created');
  const end = record.finished_at ? new Date(record.finished_at as string).getTime() : Infinity;
  return new Set(waiting.filter(({ date_created: at }) => new Date(at).getTime() <= end).map(({ id }) => id));
}

/** Ends what was asked for leads that go, and lets it go of them. */
export async function endRequests(
  { database, leads: ports }: Work,
  requests: ReadonlySet<string>,
  leads: readonly string[],
): Promise<void> {
  if (!requests.size) return;
  const ended: { id: string; lead: string }[] = await database(APPROVALS)
    .whereIn('id', [...requests])
    .whereIn('lead', [...leads])
    .orderBy('id')
    .select('id', 'lead');
  for (const { id, lead } of ended) {
    await ports.voidApprovals(database, lead);
    await updateLogged(database, APPROVALS, (rows) => rows.where({ id }), { lead: null });
  }
}
