import { z } from 'zod';
import type { ApiOperation } from '../../platform/api/openapi.ts';
import { EXPORTABLE } from '../rules/export-columns.ts';
import { exportHistory, exportLine, FORMATS } from './answers.ts';

/** More rows are named by a filter. */
const MOST_NAMED = 10_000;

/** What somebody wants to take out. */
export const exportRequest = z.strictObject({
  collection: z.string().min(1).max(64).describe(EXPORTABLE.join(', ')),
  ids: z.array(z.uuid()).min(1).max(MOST_NAMED).nullable().optional().describe('rows by name; otherwise all that fit filter and search'),
  filter: z.record(z.string(), z.unknown()).nullable().optional().describe('as the host has it for lists, $NOW and $CURRENT_USER included'),
  search: z.string().max(200).nullable().optional(),
  sort: z.array(z.string().max(128)).max(5).nullable().optional(),
  fields: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(200)
    .nullable()
    .optional()
    .describe('absent: what the caller reads, in the order of the form'),
  format: z.enum(FORMATS),
  reason: z.string().max(500).describe('two letters or digits at least; numbers and mailboxes in it are kept as masks'),
  ask: z.boolean().optional().describe('asks for the approval of exactly this export where it is more than the caller may take out'),
});

export const historyQuery = z.object({
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});

/** The routes of exports for `/crm/openapi.json`. */
export const exportOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/exports',
    summary: {
      'zh-CN':
        '导出列表或勾选的记录（CSV、XLSX、JSON）：只含本人可见的行与字段，敏感值为掩码；须写明原因，文件加密保存 24 小时；不能立即完成的返回 202，在后台继续',
      'en-US':
        'Export a list or single records (CSV, XLSX, JSON): rows and fields that the caller sees, sealed values as masks; with a reason, kept encrypted for 24 hours; 202 where it is not finished at once and goes on',
    },
    who: 'everybody with a role of the CRM, up to so many rows by role, at once (CRM_EXPORT_ROWS_*) and in 24 hours (CRM_EXPORT_DAY_TIMES); with `ask`, more after an approval: 202 and state asked',
    request: exportRequest,
    response: exportLine,
    status: 201,
    refusals: {
      400: 'INVALID_PAYLOAD, INVALID_QUERY, EXPORT_EMPTY, EXPORT_REFUSED',
      403: 'FORBIDDEN, EXPORT_TOO_LARGE: too_many_rows, too_many_today, too_many_to_ask',
      409: 'EXPORT_ASKED: asked_enough; with ask APPROVAL_RULE_MISSING, APPROVER_MISSING',
      429: 'REQUESTS_EXCEEDED: too_often, running (one at a time)',
      507: 'EXPORT_REFUSED: no_space',
    },
  },
  {
    method: 'get',
    path: '/exports',
    summary: { 'zh-CN': '本人的导出记录：?limit=&offset=', 'en-US': "The caller's own exports: ?limit=&offset=" },
    who: 'everybody with a role of the CRM; heads and admins read those of their segments at /items/crm_exports',
    response: exportHistory,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/exports/{id}',
    summary: { 'zh-CN': '一个导出的状态与进度', 'en-US': 'How an export stands' },
    who: 'whoever made it; everybody else gets 404',
    response: exportLine,
    refusals: { 404: 'NOT_FOUND' },
  },
  {
    method: 'post',
    path: '/exports/{id}/start',
    summary: {
      'zh-CN': '开始已批准的超量导出：仅一次，按此刻的行权限与掩码，行数不超过批准数',
      'en-US': 'Begin an export that was approved: once, with the rows and masks of this moment, and no more rows than were approved',
    },
    who: 'whoever asked for it, as long as role and segments are the same; everybody else gets 404',
    response: exportLine,
    status: 201,
    refusals: {
      403: 'FORBIDDEN: rights_changed; EXPORT_TOO_LARGE: more_than_approved',
      404: 'NOT_FOUND',
      409: 'EXPORT_NOT_APPROVED',
      410: 'EXPORT_EXPIRED: approval_over',
      429: 'REQUESTS_EXCEEDED: too_often, running (one at a time)',
    },
  },
  {
    method: 'post',
    path: '/exports/{id}/cancel',
    summary: {
      'zh-CN': '停止导出，不留下文件；未开始的申请即撤回',
      'en-US': 'Stop an export, which leaves no file; one that was asked for is taken back',
    },
    who: 'whoever made it; everybody else gets 404',
    response: exportLine,
    refusals: { 404: 'NOT_FOUND', 409: 'EXPORT_ENDED, APPROVAL_CONFLICT' },
  },
  {
    method: 'get',
    path: '/exports/{id}/file',
    summary: { 'zh-CN': '下载导出文件', 'en-US': 'The file of an export' },
    who: 'whoever made it, while role and segments are the same and every column is still one that is read; everybody else gets 404',
    response: z.string(),
    refusals: { 404: 'NOT_FOUND', 409: 'EXPORT_RUNNING', 410: 'EXPORT_EXPIRED' },
  },
];
