import type { Rows } from '../kernel/rows.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { colleaguesFor } from './colleagues.ts';
import { waysOf } from './find-way.ts';
import { toApproval, type ApprovalRow } from './kinds.ts';
import { decidersOf, worksFor } from './rules/deciders.ts';

type Stored = Rows['crm_approvals'];
type Light = Pick<Stored, 'id' | 'rule' | 'segment' | 'step' | 'escalated_at' | 'requested_by'>;

interface Page {
  limit: number;
  offset: number;
}

interface Found {
  approvals: ApprovalRow[];
  total: number;
}

const CHUNK = 200;
const COLUMNS: readonly (keyof Light)[] = ['id', 'rule', 'segment', 'step', 'escalated_at', 'requested_by'];

/** Everything open that could wait for the caller: of the segments they work in, not asked for by themselves. */
function openTo(database: Knex, { user, role, homeSegment, managedSegments }: Actor): Knex.QueryBuilder | null {
  if (role === null) return null;
  const open = database('crm_approvals')
    .where({ state: 'pending' })
    .andWhere((others) => void others.whereNot({ requested_by: user }).orWhereNull('requested_by'));
  if (role === 'system_admin' || role === 'group_executive') return open;
  const segments = [homeSegment, ...managedSegments].filter((segment) => segment !== null);
  const own = [...new Set(segments)].filter((segment) => worksFor({ role, homeSegment, managedSegments }, segment));
  return own.length ? open.whereIn('segment', own) : null;
}

/** The keys of what waits for the caller, the oldest limit first. */
async function waitingFor(database: Knex, actor: Actor): Promise<string[]> {
  const open = openTo(database, actor);
  const rows: Light[] = open ? await open.orderBy(['due_on', 'id']).select(...COLUMNS) : [];
  if (!rows.length) return [];
  const wayOf = await waysOf(
    database,
    rows.map(({ rule }) => rule),
  );
  const colleagues = await colleaguesFor(database, [...new Set(rows.map(({ segment }) => segment))]);
  const known = new Map<string, boolean>();
  const waits = ({ rule, segment, step, escalated_at, requested_by: requestedBy }: Light): boolean => {
    const key = [rule, segment, step, escalated_at !== null, requestedBy].join();
    const waiting = { segment, requestedBy, step: Number(step), escalated: escalated_at !== null };
    if (!known.has(key))
      known.set(
        key,
        decidersOf(waiting, wayOf(rule), colleagues).deciders.some(({ user }) => user === actor.user),
      );
    return known.get(key)!;
  };
  return rows.filter(waits).map(({ id }) => id);
}

/** How much waits for the caller: the number beside the inbox (APR-1). */
export const countWaiting = async (database: Knex, actor: Actor): Promise<number> => (await waitingFor(database, actor)).length;

/** What waits for the caller, the oldest limit first. */
export async function waitingPage(database: Knex, actor: Actor, { limit, offset }: Page): Promise<Found> {
  const keys = await waitingFor(database, actor);
  const page = keys.slice(offset, offset + limit);
  const rows = new Map<string, ApprovalRow>();
  for (let at = 0; at < page.length; at += CHUNK)
    for (const row of await database('crm_approvals').whereIn('id', page.slice(at, at + CHUNK))) rows.set(row.id, toApproval(row));
  return { approvals: page.flatMap((id) => rows.get(id) ?? []), total: keys.length };
}

/** What the caller asked for and still may see, the newest first. */
export async function askedPage(
  database: Knex,
  { user, role, homeSegment, managedSegments }: Actor,
  { limit, offset }: Page,
): Promise<Found> {
  const mine = () => {
    const query = database('crm_approvals').where({ requested_by: user });
    const isEverywhere = role === null || role === 'system_admin' || role === 'group_executive';
    if (isEverywhere) return query;
    if (role !== 'sales_rep') return query.whereIn('segment', [...managedSegments]);
    return query.where({ segment: homeSegment }).andWhere((own) => void own.where({ owner: user }).orWhereNull('owner'));
  };
  const [counted] = await mine().count({ total: '*' });
  const newest = [
    { column: 'date_created', order: 'desc' as const },
    { column: 'id', order: 'desc' as const },
  ];
  const rows = await mine().orderBy(newest).offset(offset).limit(limit);
  return { approvals: rows.map(toApproval), total: Number(counted?.['total'] ?? 0) };
}
