import type { Row } from '../../extensions/crm/src/platform/api/host.ts';
import type { RowPart, SeedPart } from '../installer/parts.ts';
import { approvalRules, approvalSteps } from './approval-rules.ts';
import { calendarDays } from './calendar.ts';
import { followUpPlans } from './follow-up-plans.ts';
import { industries } from './industries.ts';
import { regions } from './regions.ts';
import { requiredSets } from './required-sets.ts';
import { stages } from './stages.ts';
import { tags } from './tags.ts';
import { completenessWeights } from './weights.ts';

/** Written once; from then on the rows belong to group marketing. */
const once = (name: string, collection: string, rows: Row[]): RowPart => ({
  kind: 'rows',
  name,
  collection,
  policy: 'insert-missing',
  rows,
});

/** What every installation begins with, in the order in which one row needs the other. */
export const baseParts: SeedPart[] = [
  once('regions', 'crm_regions', regions),
  once('industries', 'crm_industries', industries),
  once('tags', 'crm_tags', tags),
  once('calendar', 'crm_calendar_days', calendarDays),
  once('stages', 'crm_stages', stages),
  once('required-sets', 'crm_required_sets', requiredSets),
  once('weights', 'crm_completeness_weights', completenessWeights),
  once('approval-rules', 'crm_approval_rules', approvalRules),
  once('approval-steps', 'crm_approval_steps', approvalSteps),
  once('follow-up-plans', 'crm_follow_up_plans', followUpPlans),
];
