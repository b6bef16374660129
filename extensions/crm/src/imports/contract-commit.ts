import { z } from 'zod';
import type { ApiOperation } from '../platform/api/openapi.ts';
import { importLine, sampleAnswer, undoAnswer } from './answers.ts';
import { COMMIT_TEXTS, type CommitReason } from './locale/commit-texts.ts';

/** One line's decision: a new row, not at all, or over the stored row of that id. */
const decision = z.union([z.literal('new'), z.literal('skip'), z.uuid()]);

export const commitRequest = z
  .strictObject({
    suspects: z.enum(['skip', 'new']).optional(),
    lines: z.record(z.string().regex(/^[1-9]\d{0,8}$/u), decision).optional(),
  })
  .default({});

export const sampleRequest = z.strictObject({
  rows: z
    .array(z.strictObject({ line: z.int().positive(), ok: z.boolean(), fields: z.array(z.string().min(1).max(128)).max(100).default([]) }))
    .max(1000)
    .default([]),
  sign: z.boolean().default(false),
  again: z.literal(true).optional(),
});

/** A page of what is drawn or spared. */
export const pageQuery = z.object({
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(1000),
});

const progress = importLine.pick({ id: true, status: true, counts: true, undo_until: true }).extend({
  sample: importLine.shape.sample.pick({ state: true }),
});

function refusedWith(reasons: readonly CommitReason[]): Record<number, string> {
  const byStatus = Map.groupBy(reasons, (reason) => COMMIT_TEXTS[reason].status);
  return Object.fromEntries([...byStatus].map(([status, of]) => [status, `${COMMIT_TEXTS[of[0]!].code}: ${of.join(', ')}`]));
}

/** The routes of this part for `/crm/openapi.json`. */
export const importCommitOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/imports/{id}/commit',
    summary: { 'zh-CN': '导入检查通过的行', 'en-US': 'Import the rows that are good' },
    who: 'the importer; 200 when done within about two seconds, else 202 and it goes on in the background',
    request: commitRequest,
    response: progress,
    refusals: refusedWith(['bad_request', 'not_checked', 'check_begun']),
  },
  {
    method: 'post',
    path: '/imports/{id}/cancel',
    summary: { 'zh-CN': '停止导入，已写入的保留', 'en-US': 'Stop an import; what is written stays' },
    who: 'as undo',
    response: progress,
    refusals: refusedWith(['not_running']),
  },
  {
    method: 'post',
    path: '/imports/{id}/undo',
    summary: { 'zh-CN': '撤销一批导入', 'en-US': 'Take an import back' },
    who: 'the importer, heads and admins of the segment, system admins; 202 while it goes on in the background',
    response: undoAnswer,
    refusals: refusedWith(['not_imported']),
  },
  {
    method: 'get',
    path: '/imports/{id}/undo',
    summary: { 'zh-CN': '查看撤销结果和保留的记录', 'en-US': 'What an undo took back and what it spared' },
    who: 'as undo',
    response: undoAnswer,
    refusals: {},
  },
  {
    method: 'get',
    path: '/imports/{id}/sample',
    summary: { 'zh-CN': '查看抽检的行（offset、limit 分页）', 'en-US': 'The rows drawn for the check (offset, limit)' },
    who: 'whoever sees the import and writes in the segment',
    response: sampleAnswer,
    refusals: refusedWith(['no_sample']),
  },
  {
    method: 'post',
    path: '/imports/{id}/sample',
    summary: { 'zh-CN': '登记抽检结果并签字', 'en-US': 'Enter the result of the check, and sign it' },
    who: 'heads and admins of the segment and system admins, never the importer; `again` is the importer’s, after a return',
    request: sampleRequest,
    response: sampleAnswer,
    refusals: refusedWith(['not_drawn', 'own_sample', 'no_sample', 'contents_gone']),
  },
];
