import { z } from 'zod';
import { hasUnstorableText } from '../../guard/rules/plain-values.ts';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const LONGEST = 4000;
const isStorable = (text: string): boolean => !hasUnstorableText(text);
const reason = z.string().trim().min(1).max(LONGEST).refine(isStorable);
const moment = z.iso.datetime({ offset: true });

export const freezeRequest = z.strictObject({
  reason,
  until: z
    .union([moment, z.iso.date()])
    .nullish()
    .describe('a moment, or a day that counts to its end in Shanghai; absent: until somebody thaws'),
});
export type FreezeRequest = z.infer<typeof freezeRequest>;

export const thawRequest = z.strictObject({ reason });

const MOST = 100;
const MOST_PAGES = 100_000;
const whole = (most: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/u)
    .transform(Number)
    .pipe(z.number().max(most));

export const peopleQuery = z.strictObject({
  state: z.enum(['all', 'active', 'frozen', 'closed']).default('all'),
  q: z.string().trim().max(100).refine(isStorable).default(''),
  limit: whole(MOST).default(25),
  offset: whole(MOST_PAGES).default(0),
});
export type PeopleQuery = z.infer<typeof peopleQuery>;

const who = z.object({ id: z.string(), name: z.string().nullable() }).nullable();
const freezeView = z.object({
  id: z.string(),
  state: z.enum(['pending', 'frozen']),
  reason: z.string(),
  until: z.string().nullable(),
  frozen_at: z.string().nullable(),
  frozen_by: who,
  early: z.boolean(),
  form_due_on: z.string().nullable().describe('until the form is there'),
  is_asked: z.boolean().describe('a freeze waits for an executive, also beside a lock-out that stands'),
});

const personView = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role: z.string(),
  position: z.string().nullable(),
  segment: z.object({ id: z.string(), name: z.string() }).nullable(),
  state: z.enum(['active', 'frozen', 'closed']).describe('closed: not active, and not by a freeze'),
  last_seen: z.string().nullable(),
  freeze: freezeView.nullable(),
  can: z.object({
    freeze: z.boolean().describe('also where a lock-out or a freeze with an end stands: the new one takes its place'),
    thaw: z.boolean(),
    link: z.boolean().describe('a one-time link for a new password; for a system admin it is made on the server only'),
  }),
});
export type PersonView = z.infer<typeof personView>;

const peopleAnswer = z.object({ people: z.array(personView), total: z.int(), on: z.string().describe('the day it is, for due dates') });
export type PeopleAnswer = z.infer<typeof peopleAnswer>;

const freezeAnswer = z.object({
  ...{ id: z.uuid(), user: z.uuid(), state: z.enum(['frozen', 'pending']), until: z.string().nullable() },
  ...{ early: z.boolean(), form_due_on: z.string().nullable() },
});
export type FreezeAnswer = z.infer<typeof freezeAnswer>;

const thawAnswer = z.object({ id: z.uuid(), user: z.uuid(), state: z.literal('thawed') });
export type ThawAnswer = z.infer<typeof thawAnswer>;

const WHO = 'a segment admin about reps of the own segments, a system admin about everybody, nobody about oneself; others are as absent';

/** The routes of freezing. */
export const freezeOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/people',
    summary: {
      'zh-CN': '管理员可管理的人员、状态、最近使用和冻结：?state=all|active|frozen|closed&q=&limit=&offset=',
      'en-US':
        'The people of an admin’s reach with their state, when they were last seen, and their freeze: ?state=all|active|frozen|closed&q=&limit=&offset=',
    },
    who: 'segment admins about their segments, system admins about everybody',
    response: peopleAnswer,
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
  {
    method: 'post',
    path: '/users/{id}/freeze',
    summary: {
      'zh-CN':
        '立即冻结账号（会话、令牌、正在运行的任务即刻失效，数据与归属不变）；取代登录锁定或有期限的冻结；系统管理员须经集团管理层审批，返回 202 和 state: pending',
      'en-US':
        'Freeze an account at once: sessions, tokens and running work end, data and ownership stay. It takes the place of a lock-out and of a freeze with an end. A system admin’s waits for an executive: 202 with state pending',
    },
    who: WHO,
    request: freezeRequest,
    response: freezeAnswer,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'FREEZE_CONFLICT, APPROVAL_RULE_MISSING' },
  },
  {
    method: 'post',
    path: '/users/{id}/thaw',
    summary: {
      'zh-CN': '解冻账号；原有会话和令牌不恢复',
      'en-US': 'Thaw an account; sessions and tokens of before do not come back',
    },
    who: WHO,
    request: thawRequest,
    response: thawAnswer,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'FREEZE_CONFLICT' },
  },
];
