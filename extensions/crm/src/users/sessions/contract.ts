import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const LONGEST = 256;
const password = z.string().min(1).max(LONGEST);

export const unlockRequest = z.strictObject({ password });
export const passwordRequest = z.strictObject({ current: password, password });
/** A link that was cut off on its way is one that is not good. */
export const resetRequest = z.strictObject({ token: z.string().max(100), password });

const sessionAnswer = z.object({
  known: z.boolean().describe('whether anybody of the CRM is logged in'),
  locked: z.boolean(),
  language: z.enum(['zh-CN', 'en-US']),
  lock_minutes: z.int().nullable(),
  idle_minutes: z.int().nullable(),
  hold: z.enum(['exam', 'password']).nullable().describe('what stands before any right: the exam, or a password of one’s own'),
});
export type SessionAnswer = z.infer<typeof sessionAnswer>;

const done = z.object({ done: z.literal(true) });
const linkAnswer = z.object({ url: z.string(), expires_at: z.string() });
export type LinkAnswer = z.infer<typeof linkAnswer>;

const WHOEVER = 'whoever is logged in, about the own session';

/** The routes of sessions and passwords. */
export const sessionOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/session',
    summary: {
      'zh-CN': '本会话的状态：是否锁屏、锁屏和退出时间、尚缺什么',
      'en-US': 'The own session: locked or not, its times, what is still missing',
    },
    who: 'anybody',
    response: sessionAnswer,
  },
  {
    method: 'post',
    path: '/session/lock',
    summary: {
      'zh-CN': '锁屏：输入密码之前服务器不再应答',
      'en-US': 'Lock the screen: the server answers nothing until the password is typed',
    },
    who: WHOEVER,
    response: done,
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
  {
    method: 'post',
    path: '/session/unlock',
    summary: { 'zh-CN': '输入密码解除锁屏；五次不正确则退出', 'en-US': 'Unlock with the password; after five wrong ones the session ends' },
    who: WHOEVER,
    request: unlockRequest,
    response: done,
    refusals: { 400: 'INVALID_PAYLOAD', 401: 'INVALID_CREDENTIALS', 403: 'INVALID_CREDENTIALS', 429: 'REQUESTS_EXCEEDED' },
  },
  {
    method: 'post',
    path: '/session/password',
    summary: {
      'zh-CN': '修改自己的密码；五次不正确则退出，其他会话和令牌随即失效',
      'en-US': 'Change the own password: other sessions and tokens end; after five wrong ones this session does',
    },
    who: WHOEVER,
    request: passwordRequest,
    response: done,
    refusals: {
      400: 'INVALID_PAYLOAD, FAILED_VALIDATION',
      401: 'INVALID_CREDENTIALS',
      403: 'INVALID_CREDENTIALS',
      429: 'REQUESTS_EXCEEDED',
    },
  },
  {
    method: 'post',
    path: '/session/reset',
    summary: { 'zh-CN': '用管理员签发的一次性链接设置新密码', 'en-US': 'Set a new password with an administrator’s one-time link' },
    who: 'whoever holds the link',
    request: resetRequest,
    response: done,
    refusals: { 400: 'INVALID_PAYLOAD, FAILED_VALIDATION', 403: 'LINK_INVALID', 429: 'REQUESTS_EXCEEDED' },
  },
  {
    method: 'post',
    path: '/users/{id}/reset-link',
    summary: {
      'zh-CN': '签发重设密码的一次性链接，只显示这一次；以前签发的作废',
      'en-US': 'Make a one-time link for a new password, shown this once; earlier ones are good no longer',
    },
    who: 'a segment admin for reps of the own segments, a system admin for everybody else, nobody for oneself or for a system admin (npm run break-glass -- --link on the server); others are as absent',
    response: linkAnswer,
    refusals: { 409: 'RESET_CONFLICT' },
  },
];
