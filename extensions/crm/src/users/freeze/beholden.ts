import { ROLE_IDS } from '../../kernel/roles.ts';
import { readJson } from '../../kernel/text/read-json.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import { USERS } from './freeze-row.ts';
import { isBound, type PostEntry } from './rules/beholden.ts';

/** How long an executive is nobody's second who was put there by the first (Q5). */
const BOUND_MS = 30 * 24 * 3_600_000;

/** Whether `by` has lately made somebody the executive they are, as the audit log has it. */
export async function isBeholden(database: Knex, clock: Clock, user: string, by: string | null): Promise<boolean> {
  if (!by) return false;
  const entries = await database('crm_audit')
    .where({ item: user, user: by })
    .whereIn('collection', [USERS, 'crm_reset_links'])
    .where('at', '>', new Date(clock.now().getTime() - BOUND_MS))
    .select('collection', 'action', 'after');
  return isBound(entries.map(({ collection, action, after }) => ({ collection, action, after: readJson(after) as PostEntry['after'] })));
}

/** Whether an executive is there who can decide what `by` asks for (Q5). */
export async function hasFreeExecutive(database: Knex, clock: Clock, by: string): Promise<boolean> {
  const executives: string[] = await database(USERS).where({ role: ROLE_IDS.group_executive, status: 'active' }).orderBy('id').pluck('id');
  for (const one of executives) if (!(await isBeholden(database, clock, one, by))) return true;
  return false;
}
