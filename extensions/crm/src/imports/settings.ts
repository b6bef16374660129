import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { LIMITS, type Limits } from './files/limits.ts';

const MEGABYTE = 1024 * 1024;
const MOST_MEGABYTES = LIMITS.fileBytes / MEGABYTE;
const LEASE_SECONDS = 15;
const ANSWER_MS = 2500;
const MOST_ANSWER_MS = 20_000;
/** In the demo limits are wide. */
const UPLOADS = { live: 60, demo: 600 } as const;
const OPEN = { live: 30, demo: 600 } as const;

/** What this slice wants to know of the environment. */
const ImportSettings = z.object({
  /** The largest file, in MB; never more than the readers are made for. */
  CRM_IMPORT_MAX_MB: z.coerce.number().positive().max(MOST_MEGABYTES).catch(MOST_MEGABYTES).default(MOST_MEGABYTES),
  /** The most rows of one file for those who may import for others. */
  CRM_IMPORT_MAX_ROWS: z.coerce.number().int().positive().max(LIMITS.rows).catch(LIMITS.rows).default(LIMITS.rows),
  /** How long a reading may be silent before another process takes it over. */
  CRM_IMPORT_LEASE_SECONDS: z.coerce.number().positive().catch(LEASE_SECONDS).default(LEASE_SECONDS),
  /** How long an upload's answer waits for its check, so that a small file is checked when it comes. */
  CRM_IMPORT_ANSWER_MS: z.coerce.number().int().min(0).max(MOST_ANSWER_MS).catch(ANSWER_MS).default(ANSWER_MS),
  /** Uploads of one person in a minute. */
  CRM_IMPORT_UPLOADS: z.coerce.number().int().positive().optional().catch(undefined),
  /** Uploads of one person that nobody has imported yet; each holds a file and its lines. */
  CRM_IMPORT_OPEN: z.coerce.number().int().positive().optional().catch(undefined),
  CRM_DEMO: z.coerce.string().optional(),
  CRM_DATA_DIR: z.coerce.string().optional(),
  TEMP_PATH: z.coerce.string().optional(),
});

export interface ImportSettings {
  limits: Limits;
  leaseMs: number;
  answerMs: number;
  uploadsPerMinute: number;
  mostOpen: number;
  /** Where uploads lie, each encrypted in a folder of its own. */
  folder: string;
}

export function readImportSettings(env: Readonly<Record<string, unknown>>): ImportSettings {
  const set = ImportSettings.parse(env);
  return {
    limits: { ...LIMITS, fileBytes: Math.floor(set.CRM_IMPORT_MAX_MB * MEGABYTE), rows: set.CRM_IMPORT_MAX_ROWS },
    uploadsPerMinute: set.CRM_IMPORT_UPLOADS ?? (set.CRM_DEMO === 'true' ? UPLOADS.demo : UPLOADS.live),
    mostOpen: set.CRM_IMPORT_OPEN ?? (set.CRM_DEMO === 'true' ? OPEN.demo : OPEN.live),
    leaseMs: set.CRM_IMPORT_LEASE_SECONDS * 1000,
    answerMs: set.CRM_IMPORT_ANSWER_MS,
    folder: set.CRM_DATA_DIR ? join(set.CRM_DATA_DIR, 'imports') : join(set.TEMP_PATH || tmpdir(), 'crm-imports'),
  };
}
