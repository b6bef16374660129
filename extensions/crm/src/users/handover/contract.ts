import { z } from 'zod';
import { hasUnstorableText } from '../../guard/rules/plain-values.ts';
import type { ApiOperation } from '../../platform/api/openapi.ts';
import { HANDOVER_REFUSALS, type HandoverReason } from './locale/refusals.ts';
import { RULED } from './rules/match-rules.ts';

const LONGEST = 2000;
const MOST_RULES = 50;
const key = z.uuid().transform((id) => id.toLowerCase());
const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const filter = z.custom<Record<string, unknown>>(isPlain);

const rule = z.strictObject({ to: key, where: filter.nullish(), collection: z.enum(RULED).nullish() });

export const handoverRequest = z.strictObject({
  from: key,
  /** An empty list is refused with words of its own. */
  rules: z.array(rule).max(MOST_RULES),
  reason: z
    .string()
    .trim()
    .max(LONGEST)
    .refine((text) => !hasUnstorableText(text))
    .nullish(),
});
export type HandoverRequest = z.infer<typeof handoverRequest>;

export const emptyRequest = z.strictObject({}).default({});

const LARGEST_PAGE = 100;
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(LARGEST_PAGE).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});
export const keptQuery = z.object({ offset: z.coerce.number().int().min(0).default(0) });

const id = z.uuid();
const count = z.int();
const who = z.object({ id, name: z.string().nullable() });
const counts = z.record(z.string(), count);

const warning = z.object({ reason: z.string(), rule: count.nullable(), message: z.string() });

const previewAnswer = z.object({
  from: who,
  /** What goes, rows of trees included, and how much of each rule. */
  total: count,
  rules: z.array(z.object({ to: who, collection: z.string().nullable(), roots: counts, rows: counts, posts: count })),
  /** By kind: how much there is, how much goes, and what no rule matches. */
  kinds: z.array(z.object({ collection: z.string(), field: z.string(), total: count, goes: count, left: count })),
  /** What stays with the person, and why. */
  stays: z.array(z.object({ collection: z.string(), field: z.string(), handling: z.string(), count })),
  warnings: z.array(warning),
});
export type Preview = z.infer<typeof previewAnswer>;
export type Warning = z.infer<typeof warning>;

const keptRow = z.object({
  collection: z.string(),
  item: z.string(),
  field: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  now: z.string().nullable(),
});
export type KeptRow = z.infer<typeof keptRow>;

const handoverAnswer = z.object({
  id,
  state: z.enum(['running', 'done', 'undoing', 'undone']),
  from: who,
  by: who.nullable(),
  reason: z.string().nullable(),
  asked_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  undo_until: z.string().nullable(),
  undone_at: z.string().nullable(),
  /** Rows handed over; after an undo, rows that it spared because they were changed since. */
  moved: count,
  spared: count,
  counts: z.object({ moved: counts, left: counts, undone: counts, kept: counts }),
  rules: z.array(z.object({ to: who, collection: z.string().nullable(), where: z.unknown() })),
  certificate_hash: z.string().nullable(),
  kept: z.array(keptRow),
  warnings: z.array(warning),
});
export type HandoverAnswer = z.infer<typeof handoverAnswer>;

const listAnswer = z.object({ handovers: z.array(handoverAnswer), total: count });
export type HandoverList = z.infer<typeof listAnswer>;

const person = z.object({
  id,
  name: z.string().nullable(),
  position: z.string().nullable(),
  /** Whether somebody can take over: neither frozen nor closed, nor held back until an exam. */
  active: z.boolean(),
  /** Where they work, as far as the caller reaches. */
  segments: z.array(id),
  /** Where they still own work though they work elsewhere by now, as far as the caller reaches. */
  left_in: z.array(id),
  /** At home where the caller answers for people: the log-in is the caller's to freeze and to have closed. */
  at_home: z.boolean(),
  /** The log-in is frozen or closed. */
  shut: z.boolean(),
  /** It is shut by a lock-out or a freeze with an end, which a freeze takes the place of. */
  ends: z.boolean(),
});
export type HandoverPerson = z.infer<typeof person>;
const peopleAnswer = z.object({ people: z.array(person) });
export type HandoverPeople = z.infer<typeof peopleAnswer>;

function refusedWith(...reasons: HandoverReason[]): Record<number, string> {
  const byStatus = Map.groupBy(reasons, (reason) => HANDOVER_REFUSALS[reason].status);
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      [...Map.groupBy(of, (one) => HANDOVER_REFUSALS[one].code)].map(([code, all]) => `${code}: ${all.join(', ')}`).join('; '),
    ]),
  );
}

const WHO = 'a segment admin about people of the segment, group marketing (system_admin) about everybody';
const ASKING: HandoverReason[] = ['bad_value', 'bad_filter', 'rules_needed', 'same_person', 'to_inactive', 'to_elsewhere'];

/** The routes of this sub-slice (ACC-10, N5). */
export const handoverOperations: readonly ApiOperation[] = [
  {
    method: 'post',
    path: '/handovers/preview',
    summary: {
      'zh-CN':
        '预览工作交接：按种类统计交接数量、无规则匹配的数量、留下的引用。规则按顺序匹配客户（连同全部资料）、线索和无关联的行动，先匹配者生效；没有 where 和 collection 的规则适用于全部',
      'en-US':
        'Preview a hand-over: what goes by kind, what no rule matches, what stays. Rules are tried in order on customers (with everything below), leads and activities on no record; the first that fits wins. A rule without where and collection is for everything',
    },
    who: WHO,
    request: handoverRequest,
    response: previewAnswer,
    refusals: refusedWith(...ASKING),
  },
  {
    method: 'post',
    path: '/handovers',
    summary: {
      'zh-CN': '交接某人的全部工作；较大的交接在后台完成（202），中断后自动继续',
      'en-US':
        'Hand over everything that somebody works; a large one is finished in the background (202) and goes on by itself after a stop',
    },
    who: WHO,
    request: handoverRequest,
    response: handoverAnswer,
    status: 201,
    refusals: refusedWith(...ASKING, 'nothing_matches', 'running', 'busy'),
  },
  {
    method: 'get',
    path: '/handovers',
    summary: { 'zh-CN': '工作交接列表', 'en-US': 'Hand-overs, the latest first' },
    who: WHO,
    response: listAnswer,
    refusals: refusedWith('bad_value'),
  },
  {
    method: 'get',
    path: '/handovers/people',
    summary: {
      'zh-CN': '可办理交接的人员及其所在版块，包括从其他版块兼管的负责人',
      'en-US': 'People whose work the caller may hand over, with their segments; whoever manages one from elsewhere, too',
    },
    who: WHO,
    response: peopleAnswer,
    refusals: {},
  },
  {
    method: 'get',
    path: '/handovers/{id}',
    summary: { 'zh-CN': '一次工作交接的进度与结果', 'en-US': 'How far a hand-over is, and what came of it' },
    who: WHO,
    response: handoverAnswer,
    refusals: refusedWith('bad_value'),
  },
  {
    method: 'post',
    path: '/handovers/{id}/undo',
    summary: {
      'zh-CN': '撤销工作交接（30 天内）；此后被修改的记录保留现状并列出',
      'en-US': 'Take a hand-over back (for 30 days); rows that were changed since stay as they are and are listed',
    },
    who: WHO,
    request: emptyRequest,
    response: handoverAnswer,
    refusals: refusedWith('not_done', 'undo_over', 'from_elsewhere', 'busy', 'bad_value'),
  },
  {
    method: 'get',
    path: '/handovers/{id}/certificate',
    summary: { 'zh-CN': '交接证明（HTML，可打印为 PDF），含校验码', 'en-US': 'The certificate (HTML, to print as PDF) with its hash' },
    who: WHO,
    response: z.string(),
    refusals: refusedWith('not_done', 'bad_value'),
  },
];
