import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';

const nullable = z.string().nullable();
const image = z.record(z.string(), z.unknown()).nullable();

const entry = z.object({
  id: z.string(),
  at: z.string(),
  user: nullable,
  acting_for: nullable.describe('whose act set off what a flow or a job did'),
  action: z.string(),
  collection: z.string(),
  item: nullable,
  segment: nullable,
  before: image,
  after: image,
  reason: nullable,
  origin: z.string(),
});

const holding = z.object({
  id: z.string(),
  name: z.string(),
  admin_access: z.boolean(),
  app_access: z.boolean(),
  enforce_tfa: z.boolean(),
  ip_access: z.unknown().describe('the addresses it holds from; null: from everywhere'),
});
const inherited = holding.extend({ inherited_from: nullable.describe('the role above that gives it; null: the role itself') });
const rule = z.object({
  id: z.string(),
  collection: z.string(),
  action: z.string(),
  permissions: z.unknown(),
  validation: z.unknown(),
  presets: z.unknown(),
  fields: z.unknown(),
});

const rights = z.object({
  on: z.string(),
  since: z.string().describe('from when on this can be said'),
  users: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      email: nullable,
      status: nullable,
      role: nullable,
      role_name: nullable,
      segment: nullable,
      managed_segments: z.array(z.string()),
      admin_access: z.boolean().describe('may do everything, by whatever policy'),
      policies: z.array(holding).describe('held besides those of the role'),
      role_policies: z.array(inherited),
    }),
  ),
  roles: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      parent: nullable,
      policies: z.array(inherited.extend({ rules: z.array(rule) })).describe('of the role and of the roles above it'),
    }),
  ),
  policies: z.array(
    holding.extend({
      holders: z.array(z.object({ kind: z.enum(['role', 'user', 'public']), id: nullable, name: z.string() })),
      rules: z.array(rule),
    }),
  ),
  segments: z.record(z.string(), z.string()).describe('codes by id'),
});

const change = z.object({
  kind: z.enum(['user', 'role', 'policy', 'rule']),
  id: z.string(),
  name: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
});

/** The filters of the list, as they come in the address. */
export const entriesQuery = z.object({
  user: z.string().trim().min(1).max(255).optional().describe('an id, or a part of a name or an e-mail address'),
  collection: z.string().max(64).optional(),
  item: z.string().max(255).optional(),
  action: z.string().max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
});

const READERS = 'system_admin, technical administrator, holders of the policy crm_auditor';

/** The routes of the log for `/crm/openapi.json`; the entries themselves are read at /items/crm_audit as well. */
export const auditOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/audit/entries',
    summary: {
      'zh-CN': '审计日志，可按 user、collection、item、action、from、to、page 筛选',
      'en-US': 'The audit log; filters user, collection, item, action, from, to, page',
    },
    who: `${READERS}; segment_admin: entries of the own segments`,
    response: z.object({
      entries: z.array(entry),
      total: z.number(),
      page: z.number(),
      pages: z.number(),
      names: z.record(z.string(), z.string()).describe('people, roles, policies and segments that the entries mention, by id'),
      labels: z
        .record(
          z.string(),
          z.object({
            name: z.string(),
            fields: z.record(z.string(), z.string()),
            choices: z.record(z.string(), z.record(z.string(), z.string())),
          }),
        )
        .describe('what collections and fields are called, in the language of the caller'),
    }),
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/audit/rights',
    summary: { 'zh-CN': '某一时刻谁有什么权限：?on=时间[&user=用户]', 'en-US': 'Who had what at a moment: ?on=…[&user=…]' },
    who: READERS,
    response: rights,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/audit/rights/diff',
    summary: { 'zh-CN': '两个时刻之间权限的变化：?from=…&to=…', 'en-US': 'What changed in the rights between two moments: ?from=…&to=…' },
    who: READERS,
    response: z.object({
      from: z.string(),
      to: z.string(),
      since: z.string(),
      changes: z.array(change),
      names: z.record(z.string(), z.string()).describe('people, roles and policies of both moments, by id'),
      segments: z.record(z.string(), z.string()),
    }),
    refusals: { 400: 'INVALID_QUERY' },
  },
];
