import { z } from 'zod';
import { IMPORT_KINDS } from './rules/targets.ts';

const moment = z.iso.datetime().nullable();
export const VERDICTS = ['new', 'update', 'known', 'suspect', 'error'] as const;

export const importLine = z.object({
  id: z.string(),
  kind: z.enum(IMPORT_KINDS),
  status: z.enum(['uploaded', 'checked', 'importing', 'undoing', 'interrupted', 'imported', 'stopped', 'undone']),
  file_name: z.string(),
  file_bytes: z.number(),
  date_created: moment,
  segment: z.object({ id: z.string(), code: z.string(), name: z.string() }),
  owner: z.object({ id: z.string(), name: z.string() }).describe('the importer'),
  mine: z.boolean().describe('whether the caller is the importer'),
  unread: z.boolean().describe('the reading of the file has ended without its rows; its own answer says why'),
  counts: z.object({
    total: z.number(),
    new: z.number(),
    update: z.number(),
    known: z.number(),
    suspect: z.number(),
    error: z.number(),
    done: z.number(),
  }),
  sample: z.object({
    state: z.enum(['not_needed', 'waiting', 'accepted', 'returned']),
    percent: z.number().nullable(),
    size: z.number().nullable(),
    seed: z.string().nullable(),
    errors: z.number().nullable(),
  }),
  undo_until: moment,
  cleared: z.boolean().describe('30 days after its end what its lines said was deleted; counts and the signature of the sample stay'),
  can: z.object({
    change: z.boolean(),
    commit: z.boolean(),
    cancel: z.boolean(),
    undo: z.boolean(),
    sample: z.boolean(),
    redraw: z.boolean(),
  }),
});

export const importAnswer = importLine.extend({
  reading: z
    .object({
      type: z.enum(['csv', 'xlsx']).nullable(),
      encoding: z.string(),
      delimiter: z.string(),
      sheet: z.string(),
      sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
      certain: z.boolean().describe('whether the encoding leaves no doubt'),
      header_line: z.number(),
      hidden_rows: z.number().describe('rows that the spreadsheet hides; they are read like all others'),
    })
    .partial(),
  refusal: z
    .object({
      reason: z.string(),
      message: z.string(),
      final: z.boolean().describe('no other way of reading helps: the file is gone, another one is to be brought'),
    })
    .nullable()
    .describe('why the file was not read to its end'),
  columns: z.array(
    z.object({
      column: z.number(),
      name: z.string(),
      header: z.string(),
      target: z.string().nullable(),
      ignored: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
  targets: z.array(z.object({ key: z.string(), label: z.string(), needed: z.boolean() })),
  repeats: z
    .object({ id: z.string(), status: z.string(), date_created: moment })
    .nullable()
    .describe('an earlier import of the very same file'),
});

export const importRows = z.object({
  total: z.number(),
  clear: z.boolean().describe('whether cells stand as in the file; otherwise sealed values are masks'),
  rows: z.array(
    z.object({
      line: z.number().describe("the file's own"),
      verdict: z.enum(VERDICTS),
      state: z.string(),
      matched_by: z.string().nullable(),
      match: z.object({ id: z.string(), name: z.string() }).nullable(),
      same_as: z.number().nullable().describe('the earlier line of the file that says the same'),
      company_line: z.number().nullable().describe('the earlier line whose company this one brings another contact of'),
      suspects: z.array(z.object({ id: z.string(), name: z.string(), by: z.string() })),
      faults: z.array(
        z.object({
          column: z.number().nullable(),
          name: z.string().nullable(),
          header: z.string().nullable(),
          target: z.string().nullable(),
          reason: z.string(),
          message: z.string(),
        }),
      ),
      cells: z.array(z.string()),
    }),
  ),
});

export const importHistory = z.object({
  imports: z.array(importLine),
  total: z.number(),
  place: z
    .object({
      segments: z.array(z.object({ id: z.string(), code: z.string(), name: z.string() })),
      rows: z.number().describe('the most rows of one file'),
      bytes: z.number(),
      own: z.boolean().describe('own rows only'),
    })
    .nullable()
    .describe('where the caller may import to; null for those who only read'),
});

const conflict = z.object({
  field: z.string(),
  imported: z.unknown(),
  now: z.unknown(),
  before: z.unknown().optional().describe('what stood there before the import, where it was not put back'),
  hidden: z.literal(true).optional().describe('the caller may not read this field: only that it differs'),
});
export const undoAnswer = z.object({
  status: z.enum(['undoing', 'undone', 'interrupted']),
  undone: z.int(),
  kept: z.int().describe('lines of which something was spared; `?offset=&limit=` page through them'),
  spared: z.array(
    z.object({
      collection: z.string(),
      item: z.uuid(),
      name: z.string(),
      reason: z
        .enum(['edited', 'in_use', 'not_put_back'])
        .describe('somebody edited it, others hang on it, or its former values cannot be put back'),
      fields: z.array(conflict),
    }),
  ),
  names: z
    .record(z.string(), z.string())
    .describe('of people, reference data and tags among the values, and of customers and contacts that the caller may read, by key'),
  note: z.string().nullable().describe('that the 30 days are over, and the values deleted, where they are'),
});

export const sampleAnswer = z.object({
  state: z.enum(['not_needed', 'waiting', 'accepted', 'returned']),
  seed: z.string().describe('SHA-256 of `<seed>:<line>` ranks the imported lines; the smallest are the sample'),
  percent: z.int(),
  error_limit: z.number(),
  size: z.int(),
  errors: z.int().nullable(),
  checked_by: z.uuid().nullable(),
  checked_at: z.unknown(),
  cleared: z.boolean().describe('the contents of the lines are deleted: only what was signed is told'),
  rows: z.array(
    z.object({
      line: z.int(),
      verdict: z.enum(['new', 'update']),
      collection: z.string(),
      item: z.uuid().nullable(),
      edited: z.boolean().describe('somebody has changed it since the import'),
      fields: z.array(
        z.object({
          collection: z.string(),
          field: z.string(),
          cell: z.unknown(),
          imported: z.unknown().describe('as the import left it: by this it is judged'),
          stored: z.unknown().describe('as it stands now'),
          same: z.boolean().describe('whether file and import say the same'),
          edited: z.boolean(),
        }),
      ),
      result: z.object({ ok: z.boolean(), fields: z.array(z.string()) }).nullable(),
    }),
  ),
});

export type ImportLine = z.infer<typeof importLine>;
export type ImportAnswer = z.infer<typeof importAnswer>;
export type ImportHistory = z.infer<typeof importHistory>;
export type ImportRows = z.infer<typeof importRows>;
export type ImportedRow = ImportRows['rows'][number];
export type UndoAnswer = z.infer<typeof undoAnswer>;
export type SampleAnswer = z.infer<typeof sampleAnswer>;
export type Verdict = ImportedRow['verdict'];
