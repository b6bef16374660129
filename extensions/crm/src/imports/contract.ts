import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { importAnswer, importHistory, importRows, VERDICTS } from './answers.ts';
import { IMPORT_KINDS } from './rules/targets.ts';

const page = { offset: z.coerce.number().int().min(0).max(10_000_000).default(0), limit: z.coerce.number().int().min(1).max(100) };

export const listQuery = z.object({ offset: page.offset, limit: page.limit.default(25) });
export const rowsQuery = z.object({ verdict: z.enum(VERDICTS).optional(), offset: page.offset, limit: page.limit.default(50) });
export const templateQuery = z.object({
  format: z.enum(['csv', 'xlsx']).default('xlsx'),
  offline: z.enum(['true', 'false', '1', '0', '']).optional(),
  language: z.enum(['zh-CN', 'en-US']).optional(),
});

/** How a file is to be read; `mapping` goes by heading and is remembered, `columns` tells apart what has one heading, or none. */
export const changeRequest = z.strictObject({
  encoding: z.string().max(32).nullable().optional().describe('null: as found'),
  delimiter: z.string().max(4).nullable().optional(),
  sheet: z.string().max(64).nullable().optional(),
  header_line: z.number().int().min(1).max(1000).nullable().optional(),
  mapping: z.unknown().optional().describe('{heading: key of a target, or null to leave the column out}'),
  columns: z
    .record(z.string().regex(/^\d{1,3}$/u), z.string().max(64).nullable())
    .optional()
    .describe('{number of the column from 0: key of a target, or null}; wins over its heading, for this file alone'),
});

const form = z.object({
  file: z.string().meta({ format: 'binary' }),
  kind: z.enum(IMPORT_KINDS),
  segment: z.string().optional().describe('id or code; needed by whoever may write several'),
  encoding: z.string().optional(),
  delimiter: z.string().optional(),
  sheet: z.string().optional(),
});

const IMPORTERS = 'sales_rep (up to 500 own rows), segment_admin and segment_head (their segments), system_admin';
const READERS = 'the importer, segment_admin and segment_head of the segment, system_admin, group_executive';

/** The routes of staging for `/crm/openapi.json`. */
export const importOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/imports',
    summary: {
      'zh-CN': '上传一个表格（multipart/form-data）并立即检查，不写入业务数据；大文件在后台继续',
      'en-US':
        'Bring a table (multipart/form-data) and have it checked at once; nothing is written yet, large files go on in the background',
    },
    who: IMPORTERS,
    request: form,
    requestType: 'multipart/form-data',
    response: importAnswer,
    status: 201,
    refusals: {
      400: 'IMPORT_FILE_REFUSED, INVALID_PAYLOAD',
      413: 'IMPORT_FILE_REFUSED: too_large',
      429: 'REQUESTS_EXCEEDED',
      507: 'IMPORT_FILE_REFUSED: no_space',
    },
  },
  {
    method: 'get',
    path: '/imports',
    summary: { 'zh-CN': '导入批次历史：?limit=&offset=', 'en-US': 'The history of imports: ?limit=&offset=' },
    who: READERS,
    response: importHistory,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/imports/{id}',
    summary: {
      'zh-CN': '一个导入批次：读取方式、对应关系、进度、可做的操作',
      'en-US': 'One import: how it is read, its mapping, its progress, what can be done',
    },
    who: READERS,
    response: importAnswer,
  },
  {
    method: 'patch',
    path: '/imports/{id}',
    summary: {
      'zh-CN': '更改读取方式或对应关系并重新检查',
      'en-US': 'Change how the file is read or what its columns are, and check it again',
    },
    who: 'the importer, before the commit',
    request: changeRequest,
    response: importAnswer,
    refusals: { 400: 'INVALID_PAYLOAD', 409: 'CONFLICT', 429: 'REQUESTS_EXCEEDED' },
  },
  {
    method: 'delete',
    path: '/imports/{id}',
    summary: { 'zh-CN': '丢弃尚未导入的批次及其文件', 'en-US': 'Throw away an import that has not begun, with its file' },
    who: 'the importer, before the commit',
    response: z.null(),
    status: 204,
    refusals: { 409: 'CONFLICT' },
  },
  {
    method: 'get',
    path: '/imports/{id}/rows',
    summary: {
      'zh-CN': '每一行的判定：?verdict=&offset=&limit=（最多 100）',
      'en-US': 'What becomes of each row: ?verdict=&offset=&limit= (at most 100)',
    },
    who: 'the importer, segment_admin and segment_head of the segment, system_admin; sealed values are masks but for the importer before the commit',
    response: importRows,
    refusals: { 400: 'INVALID_QUERY' },
  },
  {
    method: 'get',
    path: '/imports/{id}/rest',
    summary: { 'zh-CN': '未导入的行，附原因（CSV）', 'en-US': 'The rows that were not imported, with the reasons (CSV)' },
    who: 'the importer',
    response: z.string(),
  },
  {
    method: 'get',
    path: '/imports/templates/{kind}',
    summary: {
      'zh-CN': '导入模板：?format=xlsx|csv&offline=true&language=；offline 为停机登记表',
      'en-US': 'A template: ?format=xlsx|csv&offline=true&language=; offline is the form for an outage',
    },
    who: IMPORTERS,
    response: z.string(),
    refusals: { 400: 'INVALID_PAYLOAD' },
  },
];
