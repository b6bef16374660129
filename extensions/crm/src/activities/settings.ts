import { z } from 'zod';

const HOUR = 5;
const LAST_HOUR = 23;
const isTrue = (text: string | undefined): boolean => text?.trim().toLowerCase() === 'true';

/** What this slice wants to know of the environment. */
const Settings = z.object({
  /** false: follow-up plans make no activities by themselves; a system admin may still run them. */
  CRM_PLANS: z.coerce.string().default('true'),
  /** The hour in Shanghai from which on the day's run may begin. */
  CRM_PLANS_HOUR: z.coerce.number().int().min(0).max(LAST_HOUR).catch(HOUR).default(HOUR),
  CRM_REHEARSAL: z.coerce.string().optional(),
});

export interface ActivitySettings {
  plans: boolean;
  plansHour: number;
  rehearsal: boolean;
}

export function readActivitySettings(env: Readonly<Record<string, unknown>>): ActivitySettings {
  const set = Settings.parse(env);
  return { plans: isTrue(set.CRM_PLANS), plansHour: set.CRM_PLANS_HOUR, rehearsal: isTrue(set.CRM_REHEARSAL) };
}
