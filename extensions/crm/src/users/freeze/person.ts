import { GROUP_SEGMENT_ID, roleOf } from '../../kernel/roles.ts';
import { isUuid } from '../../kernel/uuid.ts';
import type { Knex } from '../../platform/api/host.ts';
import { FREEZES, USERS, type FreezeRow } from './freeze-row.ts';
import type { Target } from './rules/freeze-decision.ts';

/**
 * Holds a person until the end of the transaction, so that of two who freeze or thaw them one comes second; null where
 * there is none, or none of the CRM.
 */
export async function holdPerson(database: Knex, id: string): Promise<Target | null> {
  if (!isUuid(id)) return null;
  const user = await database(USERS).where({ id }).forNoKeyUpdate().first('id', 'role', 'status', 'crm_segment');
  const role = roleOf(user?.role);
  return user && role ? { user: user.id, role, homeSegment: user.crm_segment ?? null, status: user.status } : null;
}

/** Where the row of somebody's freeze stands; whoever is at home nowhere is group marketing's. */
export const segmentOf = ({ homeSegment }: Pick<Target, 'homeSegment'>): string => homeSegment ?? GROUP_SEGMENT_ID;

/** The freeze of a person that stands or waits; one that stands comes first. */
export async function openFreeze(database: Knex, user: string): Promise<FreezeRow | null> {
  const rows: FreezeRow[] = await database(FREEZES).where({ user }).whereIn('state', ['frozen', 'pending']).orderBy(['state', 'id']);
  return rows[0] ?? null;
}

/** What is open about a person: the freeze that stands, and whether one waits for its approval. */
export async function openFreezes(database: Knex, user: string): Promise<{ present: FreezeRow | null; isAsked: boolean }> {
  const rows: FreezeRow[] = await database(FREEZES).where({ user }).whereIn('state', ['frozen', 'pending']);
  return { present: rows.find(({ state }) => state === 'frozen') ?? null, isAsked: rows.some(({ state }) => state === 'pending') };
}

/** Whether somebody's own freeze waits for an executive: until then they do not choose who decides it (Q5). */
export async function isAccused(database: Knex, user: string): Promise<boolean> {
  const row = await database(FREEZES).where({ user, state: 'pending' }).first('id');
  return row !== undefined;
}
