import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { segmentsOf } from './reach.ts';
import type { FollowUpRule } from './rules/stale.ts';

/** What the segments ask for in which the person works. */
export interface SegmentRules {
  segments: string[];
  of(segment: string): FollowUpRule;
  /** Of the person's own segment. */
  timeZone: string;
}

const USUAL: FollowUpRule = { counted: 'rolling', days: 30, timeZone: 'Asia/Shanghai' };

export async function segmentRulesOf(database: Knex, actor: Actor): Promise<SegmentRules> {
  const reached = segmentsOf(actor);
  const query = database('crm_segments').select('id', 'timezone', 'follow_up_days', 'follow_up_rule');
  if (reached) void query.whereIn('id', [...new Set([...reached, ...(actor.homeSegment ? [actor.homeSegment] : [])])]);
  const rows = await query;
  const rules = new Map<string, FollowUpRule>(
    rows.map(({ id, timezone, follow_up_days, follow_up_rule }) => [
      String(id),
      { counted: follow_up_rule ?? USUAL.counted, days: Number(follow_up_days) || USUAL.days, timeZone: timezone ?? USUAL.timeZone },
    ]),
  );
  const of = (segment: string): FollowUpRule => rules.get(segment) ?? USUAL;
  return {
    segments: [...rules.keys()].filter((id) => !reached || reached.includes(id)),
    of,
    timeZone: actor.homeSegment ? of(actor.homeSegment).timeZone : USUAL.timeZone,
  };
}
