import type { Rows } from '../kernel/rows.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex } from '../platform/api/host.ts';
import { colleaguesFor } from './colleagues.ts';
import { waysOf } from './find-way.ts';
import { ABOUT_PERSON, toApproval, type ApprovalRow } from './kinds.ts';
import { decidersOf, worksFor } from './rules/deciders.ts';

type Stored = Rows['crm_approvals'];
const PLAIN = ['rule', 'segment', 'step', 'escalated_at', 'requested_by'] as const;
const GROUPED = [...PLAIN, 'about'] as const;
/** Of a request as much as says who decides it. */
interface Light extends Pick<Stored, 'id' | (typeof PLAIN)[number]> {
  /** The person whom it is about. */
  about: string | null;
}

interface Page {
  limit: number;
  offset: number;
}

interface Found {
  approvals: ApprovalRow[];
  total: number;
}

const CHUNK = 200;
/** The person whom a request is about, as the database reads it out of what is asked. */
const PERSON = `asked->>'${ABOUT_PERSON}'`;

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

interface Judge {
  /** Whether a request that could wait for the caller does. */
  waits(light: Light): boolean;
  /** Whoever may decide anything here: who else asked, or whom else it is about, makes no difference. */
  approvers: string[];
}

/** By which rules, and in which segments, something could wait for the caller; null: nothing does. */
async function judgeFor(database: Knex, actor: Actor): Promise<Judge | null> {
  const places: Pick<Light, 'rule' | 'segment'>[] = (await openTo(database, actor)?.distinct('rule', 'segment')) ?? [];
  if (!places.length) return null;
  const rules = [...new Set(places.map(({ rule }) => rule))];
  const segments = [...new Set(places.map(({ segment }) => segment))];
  const wayOf = await waysOf(database, rules);
  const colleagues = await colleaguesFor(database, segments, rules.map(wayOf));
  const known = new Map<string, boolean>();
  return {
    approvers: colleagues.map(({ user }) => user),
    waits({ rule, segment, step, escalated_at, requested_by: requestedBy, about }) {
      const key = [rule, segment, step, escalated_at !== null, requestedBy, about].join();
      const waiting = { segment, requestedBy, about, step: Number(step), escalated: escalated_at !== null };
      const isTheirs = () => decidersOf(waiting, wayOf(rule), colleagues).deciders.some(({ user }) => user === actor.user);
      if (!known.has(key)) known.set(key, isTheirs());
      return known.get(key)!;
    },
  };
}

/**
 * How much of it waits, counted by the database in as many groups as there are rules, segments, steps and approvers who asked
 * or are asked about.
 */
async function countBy(database: Knex, actor: Actor, { waits, approvers }: Judge): Promise<number> {
  const all = approvers.map(() => '?').join(', ') || 'null';
  const approverIn = (column: string, name: string) =>
    database.raw(`case when ${column} in (${all}) then ${column} end as ${name}`, approvers);
  const people = [approverIn('requested_by', 'requested_by'), approverIn(PERSON, 'about')];
  const open = openTo(database, actor)!.select('rule', 'segment', 'step', ...people);
  const sorts = open.select(database.raw(`case when escalated_at is null then null else 1 end as escalated_at`));
  const groups: (Light & { total: number | string })[] = await database
    .from(sorts.as('open'))
    .groupBy(...GROUPED)
    .select(...GROUPED)
    .count({ total: '*' });
  return groups.filter(waits).reduce((sum, { total }) => sum + Number(total), 0);
}

/** How much waits for the caller: the number beside the inbox (APR-1). */
export async function countWaiting(database: Knex, actor: Actor): Promise<number> {
  const judge = await judgeFor(database, actor);
  return judge ? countBy(database, actor, judge) : 0;
}

/** What waits for the caller, the oldest limit first; read only as far as the page goes. */
export async function waitingPage(database: Knex, actor: Actor, { limit, offset }: Page): Promise<Found> {
  const judge = await judgeFor(database, actor);
  const total = judge ? await countBy(database, actor, judge) : 0;
  const end = Math.min(offset + limit, total);
  const keys: string[] = [];
  for (let at = 0; judge && keys.length < end; at += CHUNK) {
    const rows: Light[] = await openTo(database, actor)!
      .orderBy(['due_on', 'id'])
      .offset(at)
      .limit(CHUNK)
      .select('id', ...PLAIN, database.raw(`${PERSON} as about`));
    keys.push(...rows.filter(judge.waits).map(({ id }) => id));
    if (rows.length < CHUNK) break;
  }
  const page = keys.slice(offset, end);
  const rows: Stored[] = page.length ? await database('crm_approvals').whereIn('id', page) : [];
  const found = new Map(rows.map((row) => [row.id, toApproval(row)]));
  return { approvals: page.flatMap((id) => found.get(id) ?? []), total };
}

/** What the caller asked for and still may see, the newest first. */
export async function askedPage(
  database: Knex,
  { user, role, homeSegment, managedSegments }: Actor,
  { limit, offset }: Page,
): Promise<Found> {
  const isEverywhere = role === null || role === 'system_admin' || role === 'group_executive';
  const inSight = (seen: Knex.QueryBuilder): Knex.QueryBuilder =>
    role === 'sales_rep'
      ? seen.where({ segment: homeSegment }).andWhere((own) => void own.where({ owner: user }).orWhereNull('owner'))
      : seen.whereIn('segment', [...managedSegments]);
  const mine = () => {
    const query = database('crm_approvals').where({ requested_by: user });
    if (isEverywhere) return query;
    const alone = { owner: user, customer: null, opportunity: null, lead: null };
    return query.andWhere((seen) => void seen.where((byRule) => void inSight(byRule)).orWhere(alone));
  };
  const [counted] = await mine().count({ total: '*' });
  const newest = [
    { column: 'date_created', order: 'desc' as const },
    { column: 'id', order: 'desc' as const },
  ];
  const rows = await mine().orderBy(newest).offset(offset).limit(limit);
  return { approvals: rows.map(toApproval), total: Number(counted?.['total'] ?? 0) };
}
