import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { SETUP_TEXTS } from './locale/texts.ts';

const name = z.string().trim().min(1).max(50);

/** What a person sends with the one-time link. */
export const FirstAdminRequest = z.strictObject({
  token: z.string().min(20).max(100),
  last_name: name,
  first_name: name,
  email: z.string().trim().toLowerCase().pipe(z.email().max(128)),
  password: z.string().min(12).max(128),
  language: z.enum(['zh-CN', 'en-US']),
});

export type FirstAdminRequest = z.infer<typeof FirstAdminRequest>;

/** Status → the codes that it comes with, from the one table of this slice's refusals. */
const refusals = Object.fromEntries(
  [...Map.groupBy(Object.values(SETUP_TEXTS), ({ status }) => status)].map(([status, texts]) => [
    status,
    texts.map(({ code }) => code).join(', '),
  ]),
);

/** The routes of the first minute of a production installation, for `/crm/openapi.json`. */
export const setupOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/first-admin',
    summary: { 'zh-CN': '用一次性链接创建第一位系统管理员', 'en-US': 'Create the first system administrator with the one-time link' },
    who: 'whoever holds the one-time link of the server',
    request: FirstAdminRequest,
    response: z.object({ id: z.string() }),
    refusals,
  },
];
