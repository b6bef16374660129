import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DAY_TIMES, ROW_ALLOWANCES, ROWS_ASKED, type RowAllowances } from '../rules/export-right.ts';

const HOUR_MS = 3_600_000;
const HOURS_KEPT = 24;
/** As long as it takes over a weekend. */
const HOURS_TO_START = 72;
const MOST_HOURS_TO_START = 240;
/** In the demo limits are wide. */
const A_MINUTE = { live: 20, demo: 600 } as const;

const allowance = (usual: number) => z.coerce.number().int().min(0).max(1_000_000).catch(usual).default(usual);

/** What exports want to know of the environment. */
const ExportEnvironment = z.object({
  /** The most rows of one export, for each role; 0 closes exports to it. */
  CRM_EXPORT_ROWS_SALES_REP: allowance(ROW_ALLOWANCES.sales_rep),
  CRM_EXPORT_ROWS_SEGMENT_ADMIN: allowance(ROW_ALLOWANCES.segment_admin),
  CRM_EXPORT_ROWS_SEGMENT_HEAD: allowance(ROW_ALLOWANCES.segment_head),
  CRM_EXPORT_ROWS_GROUP_EXECUTIVE: allowance(ROW_ALLOWANCES.group_executive),
  CRM_EXPORT_ROWS_SYSTEM_ADMIN: allowance(ROW_ALLOWANCES.system_admin),
  /** How often a role takes out its most rows within 24 hours. */
  CRM_EXPORT_DAY_TIMES: z.coerce.number().min(1).max(1000).catch(DAY_TIMES).default(DAY_TIMES),
  /** How long a file can be fetched. */
  CRM_EXPORT_HOURS: z.coerce.number().positive().max(HOURS_KEPT).catch(HOURS_KEPT).default(HOURS_KEPT),
  /** How long an approved export waits for its maker to begin it. */
  CRM_EXPORT_START_HOURS: z.coerce.number().positive().max(MOST_HOURS_TO_START).catch(HOURS_TO_START).default(HOURS_TO_START),
  /** The most rows that can be asked for at once. */
  CRM_EXPORT_ROWS_ASKED: allowance(ROWS_ASKED),
  /** Exports of one person in a minute. */
  CRM_EXPORT_RATE_MINUTE: z.coerce.number().int().positive().optional().catch(undefined),
  CRM_DEMO: z.coerce.string().optional(),
  CRM_DATA_DIR: z.coerce.string().optional(),
  TEMP_PATH: z.coerce.string().optional(),
});

export interface ExportSettings {
  allowances: RowAllowances;
  /** The most rows of a role in 24 hours: so many times its most rows at once. */
  dayTimes: number;
  keptMs: number;
  /** How long an approved one waits to be begun. */
  startMs: number;
  /** The most rows that can be asked for (SEC-5). */
  mostAsked: number;
  perMinute: number;
  /** Where the files lie, each encrypted in a folder of its own. */
  folder: string;
}

export function readExportSettings(env: Readonly<Record<string, unknown>>): ExportSettings {
  const set = ExportEnvironment.parse(env);
  return {
    allowances: {
      sales_rep: set.CRM_EXPORT_ROWS_SALES_REP,
      segment_admin: set.CRM_EXPORT_ROWS_SEGMENT_ADMIN,
      segment_head: set.CRM_EXPORT_ROWS_SEGMENT_HEAD,
      group_executive: set.CRM_EXPORT_ROWS_GROUP_EXECUTIVE,
      system_admin: set.CRM_EXPORT_ROWS_SYSTEM_ADMIN,
    },
    dayTimes: set.CRM_EXPORT_DAY_TIMES,
    keptMs: set.CRM_EXPORT_HOURS * HOUR_MS,
    startMs: set.CRM_EXPORT_START_HOURS * HOUR_MS,
    mostAsked: set.CRM_EXPORT_ROWS_ASKED,
    perMinute: set.CRM_EXPORT_RATE_MINUTE ?? (set.CRM_DEMO === 'true' ? A_MINUTE.demo : A_MINUTE.live),
    folder: set.CRM_DATA_DIR ? join(set.CRM_DATA_DIR, 'exports') : join(set.TEMP_PATH || tmpdir(), 'crm-exports'),
  };
}
