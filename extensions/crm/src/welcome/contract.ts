import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';

const OfferResponse = z.object({
  password: z.string(),
  cards: z.array(z.object({ email: z.string(), role: z.string(), who: z.string(), start: z.string() })),
});

export const welcomeOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/welcome.json',
    summary: { 'zh-CN': '演示登录页上可选的角色', 'en-US': 'The roles to choose from on the log-in page of the demo' },
    who: 'anybody, in the demo only; elsewhere there is no such route',
    response: OfferResponse,
    refusals: { 404: 'ROUTE_NOT_FOUND' },
  },
];
