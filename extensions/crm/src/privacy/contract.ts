import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { PRIVACY_TEXTS, type PrivacyReason } from './locale/texts.ts';

/** The owner's own reason: the value stands on the record page without a click (Q11). */
export const FOLLOW_UP = 'follow_up';

/** Shown on the page of the owner's day: logged, and not counted by the alarm (Q11). Nobody can give it as a reason. */
export const MY_DAY = 'my_day';

/** Reasons that a person picks from a list; anything else is the person's own words. */
export const REVEAL_REASONS = [FOLLOW_UP, 'verify_data', 'service_case', 'contract', 'complaint'] as const;

export const revealRequest = z.strictObject({
  field: z.string().min(1).max(64),
  reason: z.string().max(500),
});

const revealResponse = z.object({ value: z.string().nullable().describe('null where the record has none') });

const REFUSED: readonly PrivacyReason[] = ['bad_reveal', 'no_such_field', 'reason_needed', 'reveal_stop', 'damaged'];

const refusals = Object.fromEntries(
  [...Map.groupBy(REFUSED, (reason) => PRIVACY_TEXTS[reason].status)].map(([status, reasons]) => [
    status,
    `${PRIVACY_TEXTS[reasons[0]!].code}: ${reasons.join(', ')}`,
  ]),
);

/** What the last part of the route names, and where its rows stand. */
export const REVEAL_ROUTES = { contacts: 'crm_contacts', leads: 'crm_leads', customers: 'crm_customers' } as const;

const WHAT = { contacts: ['联系人', 'contact'], leads: ['线索', 'lead'], customers: ['客户', 'customer'] } as const;

/** The routes of this slice for `/crm/openapi.json`. */
export const privacyOperations: readonly ApiOperation[] = (Object.keys(REVEAL_ROUTES) as (keyof typeof REVEAL_ROUTES)[]).map((name) => ({
  method: 'post',
  path: `/${name}/{id}/reveal`,
  summary: { 'zh-CN': `查看${WHAT[name][0]}的一项敏感信息`, 'en-US': `Show one sensitive value of a ${WHAT[name][1]}` },
  who: `who may see the row; reason ${FOLLOW_UP} is the owner's alone, others say ${REVEAL_REASONS.slice(1).join(', ')} or their own words`,
  request: revealRequest,
  response: revealResponse,
  refusals,
}));
