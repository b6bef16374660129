import type { Actor } from '../../platform/api/actor.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Knex } from '../../platform/api/host.ts';
import { COUNTED, LISTED } from './answers.ts';
import { ofSegments, ownWork } from './reach.ts';
import { daysLeft, touchedBefore, type FollowUpRule } from './rules/stale.ts';
import type { SegmentRules } from './segment-rules.ts';

/** A lead or an opportunity whose time for an activity runs out. */
export interface Stale {
  collection: 'crm_leads' | 'crm_opportunities';
  id: string;
  title: string;
  customer: string | null;
  days_left: number;
  last_activity_at: string | null;
}

/** So many days ahead. */
const WITHIN = 7;
const OPEN_LEADS = ['new', 'qualified', 'allocated', 'following'] as const;

interface StoredRecord {
  id: string;
  title: string;
  customer: string | null;
  segment: string;
  last_activity_at: unknown;
  date_created: unknown;
}

const COLUMNS: readonly (keyof StoredRecord)[] = ['id', 'title', 'customer', 'segment', 'last_activity_at', 'date_created'];

const momentOf = (stored: unknown): Date => new Date(stored as string | number | Date);

/** The first of them, and how many there are up to where counting ends. */
export interface StaleRecords {
  rows: Stale[];
  count: number;
}

type Found = StoredRecord & Pick<Stale, 'collection'> & { total: number | string };

/** The person's own open leads and opportunities that have a week or less for their next activity, the latest ones first (USE-3). */
export async function staleRecordsOf(database: Knex, actor: Actor, rules: SegmentRules, now: Date): Promise<StaleRecords> {
  const today = ({ timeZone }: FollowUpRule): string => toBusinessDate(now, timeZone);
  const found: Found[][] = await Promise.all(
    bounds(rules, now).map(({ before, segments }) => untouched(database, actor, segments, before)),
  );
  const rows = found
    .flat()
    .map((row) => judge(row, rules.of(row.segment), today(rules.of(row.segment))))
    .sort((one, other) => one.days_left - other.days_left)
    .slice(0, LISTED);
  const count = found.reduce((sum, [first]) => sum + Number(first?.total ?? 0), 0);
  return { rows, count: Math.min(count, COUNTED) };
}

/** Segments that ask for the same are asked for together: as a rule all of them. */
function bounds(rules: SegmentRules, now: Date): { before: Date; segments: string[] }[] {
  const byMoment = Map.groupBy(rules.segments, (segment) => {
    const rule = rules.of(segment);
    return touchedBefore(toBusinessDate(now, rule.timeZone), WITHIN, rule).getTime();
  });
  return [...byMoment].map(([time, segments]) => ({ before: new Date(time), segments }));
}

/** What says that a record is open, as the index begins that puts the longest untouched first. */
type Open =
  { collection: 'crm_leads'; field: 'status'; value: string } | { collection: 'crm_opportunities'; field: 'closed_on'; value: null };

const OPEN: readonly Open[] = [
  ...OPEN_LEADS.map((value): Open => ({ collection: 'crm_leads', field: 'status', value })),
  { collection: 'crm_opportunities', field: 'closed_on', value: null },
];

/**
 * The records that were left alone longest, in one statement: of each kind of open ones the first by the index (owner, what says that it is
 * open, last_activity_at, date_created), those that were never worked on by themselves, so that nobody looks through all of somebody's rows.
 */
function untouched(database: Knex, actor: Actor, segments: readonly string[], before: Date): Knex.QueryBuilder {
  const own = ({ collection, field, value }: Open) =>
    ofSegments(ownWork(database(collection), actor), segments)
      .where({ [field]: value })
      .select(database.raw('? as collection', [collection]), ...COLUMNS);
  const parts = OPEN.flatMap((open) => [
    own(open).where('last_activity_at', '<', before).orderBy([open.field, 'last_activity_at']),
    own(open).whereNull('last_activity_at').where('date_created', '<', before).orderBy([open.field, 'last_activity_at', 'date_created']),
  ]).map((part) => database.from(part.limit(COUNTED).as('first')).select('collection', ...COLUMNS));
  const longest = 'coalesce(last_activity_at, date_created), id';
  const counted = database.from(database.unionAll(parts).as('untouched')).orderByRaw(longest).limit(COUNTED);
  return database
    .from(counted.select('collection', ...COLUMNS).as('counted'))
    .orderByRaw(longest)
    .limit(LISTED)
    .select(database.raw('count(*) over () as total'), 'collection', ...COLUMNS);
}

function judge({ collection, ...row }: Found, rule: FollowUpRule, today: string): Stale {
  const { id, title, customer, last_activity_at: last, date_created: made } = row;
  const left = daysLeft(momentOf(last ?? made), today, rule);
  return { collection, id, title, customer, days_left: left, last_activity_at: last ? momentOf(last).toISOString() : null };
}
