import type { Actor } from '../../platform/api/actor.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Knex } from '../../platform/api/host.ts';
import { COUNTED } from './answers.ts';
import { ownWork } from './reach.ts';
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
const OPEN_LEADS = ['new', 'qualified', 'allocated', 'following'];

interface StoredRecord {
  id: string;
  title: string;
  customer: string | null;
  segment: string;
  last_activity_at: unknown;
  date_created: unknown;
}

const momentOf = (stored: unknown): Date => new Date(stored as string | number | Date);

/** The person's own open leads and opportunities that have a week or less for their next activity, the latest ones first (USE-3). */
export async function staleRecordsOf(database: Knex, actor: Actor, rules: SegmentRules, now: Date): Promise<Stale[]> {
  const found = await Promise.all(
    bounds(rules, now).flatMap(({ before, segments }) =>
      (['crm_leads', 'crm_opportunities'] as const).map(async (collection) => {
        const rows = (await untouched(database, actor, collection, before).whereIn('segment', segments)) as StoredRecord[];
        return rows.map((row) => judge(collection, row, rules.of(row.segment), now));
      }),
    ),
  );
  return found
    .flat()
    .filter(({ days_left }) => days_left <= WITHIN)
    .sort((one, other) => one.days_left - other.days_left || (one.id < other.id ? -1 : 1))
    .slice(0, COUNTED);
}

/** Segments that ask for the same are asked for together: as a rule all of them. */
function bounds(rules: SegmentRules, now: Date): { before: Date; segments: string[] }[] {
  const byMoment = Map.groupBy(rules.segments, (segment) => {
    const rule = rules.of(segment);
    return touchedBefore(toBusinessDate(now, rule.timeZone), WITHIN, rule).getTime();
  });
  return [...byMoment].map(([time, segments]) => ({ before: new Date(time), segments }));
}

function untouched(database: Knex, actor: Actor, collection: Stale['collection'], before: Date): Knex.QueryBuilder {
  const query = ownWork(database(collection), actor).where(
    (touched) =>
      void touched
        .where('last_activity_at', '<', before)
        .orWhere((never) => void never.whereNull('last_activity_at').where('date_created', '<', before)),
  );
  const open = collection === 'crm_leads' ? query.whereIn('status', OPEN_LEADS) : query.whereNull('closed_on');
  return open
    .select('id', 'title', 'customer', 'segment', 'last_activity_at', 'date_created')
    .orderByRaw('coalesce(last_activity_at, date_created), id')
    .limit(COUNTED);
}

function judge(collection: Stale['collection'], row: StoredRecord, rule: FollowUpRule, now: Date): Stale {
  const { id, title, customer, last_activity_at: last, date_created: made } = row;
  const today = toBusinessDate(now, rule.timeZone);
  const left = daysLeft(momentOf(last ?? made), today, rule);
  return { collection, id, title, customer, days_left: left, last_activity_at: last ? momentOf(last).toISOString() : null };
}
