import { z } from 'zod';

/** 网络安全法 asks for six months of logs. */
export const LEAST_KEPT_DAYS = 183;
const KEPT_DAYS = 1096;
const LOOK_SECONDS = 60;

/** What this slice wants to know of the environment. */
const AuditSettings = z.object({
  /** How many days entries are kept; less than six months is raised to six months. */
  CRM_AUDIT_KEEP_DAYS: z.coerce.number().int().positive().catch(KEPT_DAYS).default(KEPT_DAYS),
  /** How often the rights as they stand are compared with the log. */
  CRM_AUDIT_LOOK_SECONDS: z.coerce.number().int().positive().catch(LOOK_SECONDS).default(LOOK_SECONDS),
  /** Where the head of the chain is kept a second time. */
  CRM_DATA_DIR: z.coerce.string().optional(),
});

export interface AuditSettings {
  keepDays: number;
  lookMs: number;
  dataDir: string | null;
}

export function readAuditSettings(env: Readonly<Record<string, unknown>>): AuditSettings {
  const { CRM_AUDIT_KEEP_DAYS: days, CRM_AUDIT_LOOK_SECONDS: seconds, CRM_DATA_DIR: dataDir } = AuditSettings.parse(env);
  return { keepDays: Math.max(days, LEAST_KEPT_DAYS), lookMs: seconds * 1000, dataDir: dataDir || null };
}
