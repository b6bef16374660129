import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { readPlace } from './rules/timeline-place.ts';
import { TIMELINE_KINDS } from './timeline/entries.ts';

const MOST_ENTRIES = 100;
const FEW_ENTRIES = 30;

const kinds = z
  .string()
  .max(100)
  .transform((text) => text.split(',').filter(Boolean))
  .pipe(z.array(z.enum(TIMELINE_KINDS)));

export const timelineQuery = z.object({
  kinds: kinds.optional().transform((wanted) => (wanted?.length ? [...new Set(wanted)] : [...TIMELINE_KINDS])),
  before: z
    .string()
    .max(80)
    .optional()
    .transform((text, context) => {
      if (!text) return null;
      const place = readPlace(text);
      if (!place) context.addIssue({ code: 'custom', message: 'neither a moment nor the next of an answer' });
      return place;
    }),
  limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).default(FEW_ENTRIES),
});

const named = z.object({ id: z.string(), name: z.string().nullable() }).nullable().optional();

const timelineAnswer = z.object({
  entries: z.array(
    z.looseObject({
      at: z.string(),
      kind: z.enum(TIMELINE_KINDS),
      id: z.string(),
      about: z.object({ collection: z.string(), id: z.string(), title: z.string().nullable() }).optional(),
      standing: z.enum(['open', 'overdue', 'done', 'declined']).optional().describe('of an activity, on the day of the request'),
      owner: named,
    }),
  ),
  next: z.string().nullable().describe('send it as before for the next page; null at the end'),
});

/** The routes of this slice for `/crm/openapi.json`. */
export const activityOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/records/{collection}/{id}/timeline',
    summary: {
      'zh-CN': '一条记录的全部往来，新的在前：?kinds=activity,stage,approval,reveal,audit&before=&limit=',
      'en-US': 'Everything that happened to a record, newest first: ?kinds=activity,stage,approval,reveal,audit&before=&limit=',
    },
    who: 'who may see the record (crm_customers, crm_leads, crm_opportunities, crm_contacts); reveals and audit entries only for those who may read them',
    response: timelineAnswer,
    refusals: { 400: 'INVALID_QUERY' },
  },
];
