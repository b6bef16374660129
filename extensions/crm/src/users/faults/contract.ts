import { z } from 'zod';
import { hasUnstorableText } from '../../guard/rules/plain-values.ts';
import type { ApiOperation } from '../../platform/api/openapi.ts';

const MOST_ATTEMPTS = 1000;

/** PostgreSQL stores no NUL and no half of a character. */
const isStorable = (text: string): boolean => !hasUnstorableText(text);

export const logInFault = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(128)).nullish(),
  attempts: z.int().min(1).max(MOST_ATTEMPTS),
  error_text: z.string().trim().min(1).max(500).refine(isStorable),
  page: z.string().max(255).refine(isStorable).nullish(),
});
export type LogInFault = z.infer<typeof logInFault>;

/** The routes of faults; rows are read and written through the host, at /items/crm_faults. */
export const faultOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/faults/login',
    summary: {
      'zh-CN': '无法登录时一键报修：错误信息和尝试次数；应答不透露账号是否存在',
      'en-US': 'Report that one cannot log in, with the error text and the number of attempts; the answer tells nothing of the account',
    },
    who: 'anybody, a few times an hour',
    request: logInFault,
    response: z.object({ filed: z.literal(true) }),
    status: 202,
    refusals: { 400: 'INVALID_PAYLOAD', 429: 'REQUESTS_EXCEEDED' },
  },
];
