import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const DAY_MS = 86_400_000;
/** A year and the day more that some have. */
export const MOST_DAYS = 366;

/** Beyond it no calendar was ever entered, and days end to sort by their text. */
const day = z.iso.date().refine((text) => text >= '2000-01-01' && text <= '2099-12-31');

/** `?user=&from=&to=`: of oneself and of this month where nothing is said; a year at most. */
export const expectedQuery = z
  .strictObject({
    user: z.uuid().toLowerCase().optional(),
    from: day.optional(),
    to: day.optional(),
  })
  .refine(({ from, to }) => !to || (from !== undefined && from <= to), { path: ['to'] })
  .refine(({ from, to }) => !from || !to || (Date.parse(to) - Date.parse(from)) / DAY_MS < MOST_DAYS, { path: ['to'] });
export type ExpectedQuery = z.infer<typeof expectedQuery>;

const expectedAnswer = z.object({
  user: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  expected: z.number().int(),
  missing: z.number().int().describe('over without a log-in, and not to be made good any more'),
  days: z.array(
    z.object({
      day: z.iso.date(),
      duty: z
        .enum(['log_in', 'on_trip', 'day_off', 'on_leave', 'shut_out', 'not_kept'])
        .describe('not_kept: so long ago that log-ins are kept no longer, and nothing is counted'),
      used: z.boolean().describe('whether the person was there on that day'),
    }),
  ),
  weeks: z.array(z.object({ week: z.iso.date().describe('its Monday'), expected: z.number().int(), missing: z.number().int() })),
});
export type ExpectedAnswer = z.infer<typeof expectedAnswer>;

export const logInOperations: readonly ApiOperation[] = [
  {
    ...{ method: 'get', path: '/logins/expected' },
    summary: {
      'zh-CN': '应登录与实际登录的日子：按日历、请假与出差（?user=&from=&to=，缺省为本人本月，最长 366 天）',
      'en-US':
        'On which days somebody is expected to log in, and did: ?user=&from=&to=, without them oneself and this month, 366 days at most',
    },
    who: 'oneself; heads and admins of the people of their segments; group staff of everybody',
    response: expectedAnswer,
    refusals: { 400: 'INVALID_QUERY' },
  },
];
