import type { Actor } from '../../platform/api/actor.ts';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { toSettled, LEADS, type LeadRow } from './lead-row.ts';
import { loadsOf } from './load.ts';
import { logAllocations } from './log-allocation.ts';
import type { LeadPorts } from './ports.ts';
import { isSupplied, routeLeads } from './route-leads.ts';
import { advance, isOpen, statusAfterAllocation } from './rules/lead-status.ts';
import { segmentOf } from './segment-switches.ts';
import { routeWritten } from './settle-lead.ts';

const CHUNK = 500;

/**
 * What the server adds to a lead that a table brings (IMP-1): history comes as it was, converted and lost leads too; one that
 * somebody else is named for is allocated by it, as on a form.
 */
export function enteredColumns(actor: Actor, row: Row, at: Date): Row {
  const lead = { status: 'new', ...row } as unknown as LeadRow;
  const isGiven = Boolean(lead.owner) && !lead.customer && lead.owner !== actor.user;
  const status = isGiven ? statusAfterAllocation({ ...lead, allocated_at: at }) : lead.status;
  return { status, settled: toSettled({ status, owner: lead.owner ?? null }), allocated_at: isGiven ? at : null };
}

/**
 * Writes down whom new leads of a table were given to, and routes those that the company supplies (SAL-9).
 *
 * @returns the leads that stand otherwise now than they were inserted.
 */
export async function settleEntered(database: Knex, ports: LeadPorts, actor: Actor, rows: readonly Row[]): Promise<Row[]> {
  const leads = rows as unknown as LeadRow[];
  const given = leads.filter(({ allocated_at, owner }) => allocated_at && owner);
  await logGiven(
    database,
    ports,
    actor,
    given.map((lead) => ({ lead, from: null })),
  );
  const waiting = leads.filter((lead) => isSupplied({ ...lead, owner: lead.owner ?? null, customer: lead.customer ?? null }));
  const [first] = waiting;
  if (!first || !(await segmentOf(database, first.segment))?.isRouted) return [];
  const ids = waiting.map(({ id }) => id);
  const routed = await changeLog().around(database, LEADS, ids, () => routeLeads(database, ports, actor, waiting));
  const moved = [...routed].filter(([, outcome]) => typeof outcome === 'object' && !('approval' in outcome)).map(([id]) => id);
  const standing: Row[] = [];
  for (let at = 0; at < moved.length; at += CHUNK)
    standing.push(...((await database(LEADS).whereIn('id', moved.slice(at, at + CHUNK))) as Row[]));
  return standing;
}

/**
 * The same for leads that a table was written over (SAL-1, SAL-9): whoever owns them now got them by it, one that is graded now goes
 * on, and one that the company supplies and that nobody has is routed, as a form does it.
 *
 * @param formers the leads as they stood.
 */
export async function settleOverwritten(
  database: Knex,
  ports: LeadPorts,
  actor: Actor,
  formers: ReadonlyMap<string, LeadRow>,
): Promise<void> {
  const ids = [...formers.keys()];
  const given: { lead: LeadRow; from: string | null }[] = [];
  const waiting: LeadRow[] = [];
  for (let start = 0; start < ids.length; start += CHUNK) {
    const leads: LeadRow[] = await database(LEADS).whereIn('id', ids.slice(start, start + CHUNK));
    for (const lead of leads) {
      const former = formers.get(lead.id)!;
      const at = ports.clock.now();
      const isGiven = Boolean(lead.owner) && lead.owner !== former.owner;
      // A table converts nothing, and takes no conversion back (F7).
      const isForged = lead.status !== former.status && [lead.status, former.status].includes('converted');
      const asked = { ...lead, status: isForged ? former.status : lead.status };
      const status = isGiven ? statusAfterAllocation({ ...asked, allocated_at: at }) : advance(asked);
      const settled = toSettled({ status, owner: lead.owner });
      if (isGiven) given.push({ lead, from: former.owner });
      if (isGiven || status !== lead.status || settled !== lead.settled)
        await database(LEADS)
          .where({ id: lead.id })
          .update({ status, settled, ...(isGiven ? { allocated_at: at } : {}) });
      if (isGiven) await ports.voidApprovals(database, lead.id);
      waiting.push({ ...lead, status });
    }
  }
  await logGiven(database, ports, actor, given);
  await routeWritten(database, ports, actor, waiting, formers);
}

async function logGiven(
  database: Knex,
  { clock }: LeadPorts,
  actor: Actor,
  given: readonly { lead: LeadRow; from: string | null }[],
): Promise<void> {
  if (!given.length) return;
  const loads = await loadsOf(database, [...new Set(given.map(({ lead }) => lead.owner!))]);
  // They are counted by now; each came after those before it.
  const before = new Map([...loads].map(([user, { open }]) => [user, open]));
  const add = ({ owner, status }: LeadRow, more: number) => isOpen(status) && before.set(owner!, before.get(owner!)! + more);
  for (const { lead } of given) add(lead, -1);
  const entries = given.map(({ lead, from }) => {
    const openLeads = Math.max(0, before.get(lead.owner!)!);
    add(lead, 1);
    return { lead, from, to: lead.owner!, by: actor.user, how: 'by_hand' as const, openLeads, reason: null, at: clock.now() };
  });
  await logAllocations(database, entries);
}
