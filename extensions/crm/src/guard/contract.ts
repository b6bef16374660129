import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { certificateSchema } from './certify/certificate.ts';

const finding = z.object({
  kind: z.string(),
  level: z.enum(['closed', 'error', 'warning']),
  path: z.string().describe('role.collection.action, a setting, or a table'),
  text: z.string(),
  fix: z.string(),
});

const health = z.object({
  status: z.enum(['ok', 'starting', 'closed']),
  version: z.string(),
  because: z.array(z.object({ kind: z.string(), path: z.string(), text: z.string().optional(), fix: z.string().optional() })).optional(),
});

const report = z.object({
  checked_at: z.string(),
  place: z.enum(['own', 'shared']).describe('whether the Directus around us is ours alone'),
  version: z.string(),
  status: z.enum(['ok', 'starting', 'closed']),
  findings: z.array(finding),
});

export const grantSchema = z.strictObject({
  collection: z.string().min(1).max(64),
  field: z.string().min(1).max(64),
  role: z.string().min(1).max(64),
  can_read: z.boolean(),
  can_create: z.boolean(),
  can_update: z.boolean(),
});

const grants = z.object({
  fields: z.array(
    z.object({
      collection: z.string(),
      field: z.string(),
      type: z.string(),
      target: z.string().nullable(),
      refusal: z.string().nullable(),
    }),
  ),
  grants: z.array(grantSchema),
});

const storedCertificate = z.object({
  certificate: certificateSchema,
  received_at: z.string(),
  received_from: z.string(),
  signature: z.string().describe('HMAC-SHA-256 of the hash with the SECRET of the instance'),
  genuine: z.boolean(),
});

const ADMINISTRATORS = 'system_admin, technical administrator';

/** The guard's routes for `/crm/openapi.json`. */
export const guardOperations: readonly ApiOperation[] = [
  {
    method: 'get',
    path: '/health',
    summary: { 'zh-CN': 'CRM 是否可用', 'en-US': 'Whether the CRM can be used' },
    who: 'everybody; administrators also read why not',
    response: health,
    refusals: { 503: 'the same body, with status starting or closed' },
  },
  {
    method: 'get',
    path: '/me',
    summary: { 'zh-CN': '当前登录者', 'en-US': 'Who is logged in' },
    who: 'everybody with a role of the CRM, and the technical administrator',
    response: z.object({ role: z.string().nullable(), admin: z.boolean(), name: z.string(), status: z.enum(['ok', 'starting', 'closed']) }),
  },
  {
    method: 'get',
    path: '/doctor',
    summary: { 'zh-CN': '完整自检', 'en-US': 'The full self-check' },
    who: ADMINISTRATORS,
    response: report,
  },
  {
    method: 'post',
    path: '/doctor/repair',
    summary: { 'zh-CN': '把权限恢复到权限矩阵', 'en-US': 'Bring the stored rights back to the access matrix' },
    who: ADMINISTRATORS,
    response: z.object({ repaired: z.array(z.string()) }),
  },
  {
    method: 'get',
    path: '/field-grants',
    summary: { 'zh-CN': '自有字段及其授权', 'en-US': "The administrator's own fields and their grants" },
    who: ADMINISTRATORS,
    response: grants,
  },
  {
    method: 'put',
    path: '/field-grants',
    summary: { 'zh-CN': '授权或收回一个自有字段', 'en-US': 'Grant one of the own fields to a role, or take it back' },
    who: ADMINISTRATORS,
    request: grantSchema,
    response: grants,
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
  {
    method: 'get',
    path: '/certificates/last',
    summary: { 'zh-CN': '最近一份隔离证书', 'en-US': 'The last isolation certificate' },
    who: ADMINISTRATORS,
    response: storedCertificate,
    refusals: { 404: 'NOT_FOUND' },
  },
  {
    method: 'post',
    path: '/certificates',
    summary: { 'zh-CN': '登记一份隔离证书', 'en-US': 'Register an isolation certificate' },
    who: ADMINISTRATORS,
    request: certificateSchema,
    response: storedCertificate,
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
  {
    method: 'get',
    path: '/openapi.json',
    summary: { 'zh-CN': '本文档', 'en-US': 'This document' },
    who: 'everybody who is logged in',
    response: z.looseObject({ openapi: z.string() }),
  },
];
