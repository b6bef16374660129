import { z } from 'zod';

/** What the routes of exports answer, for them, for the API's document and for the page. */
export const FORMATS = ['csv', 'xlsx', 'json'] as const;
/** `asked`, `approved` and `rejected`: more rows than its maker may take out, before it is begun. */
export const EXPORT_STATES = ['running', 'done', 'stopped', 'failed', 'asked', 'approved', 'rejected'] as const;

export const exportLine = z.object({
  id: z.uuid(),
  collection: z.string(),
  format: z.enum(FORMATS),
  file_name: z.string(),
  reason: z.string(),
  date_created: z.iso.datetime(),
  status: z.enum(EXPORT_STATES),
  rows: z.int().describe('in the file; while it runs, how many are to be written, and 0 until they are found'),
  done: z.int().describe('how many have been written'),
  expires_at: z.iso.datetime().nullable().describe('null as long as there is no file'),
  available: z.boolean().describe('whether the file can be fetched'),
  start_by: z.iso.datetime().nullable().describe('until when an approved one is begun'),
  approval: z.uuid().nullable().describe('the approval that it needed'),
  message: z.string().nullable().describe('why it was not finished'),
});

export const exportHistory = z.object({
  exports: z.array(exportLine),
  total: z.int(),
  most: z.int().describe('the most rows that the caller may take out at once; 0: none'),
  today: z.int().describe('how many rows the caller may still take out, after what left in the last 24 hours'),
  hours: z.number().describe('how long a file can be fetched'),
});

export type ExportLine = z.infer<typeof exportLine>;
export type ExportHistory = z.infer<typeof exportHistory>;
