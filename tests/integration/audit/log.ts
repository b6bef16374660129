import type { World } from '../access/world.ts';

export interface Entry {
  id: string;
  at: unknown;
  user: string | null;
  acting_for: string | null;
  action: string;
  collection: string;
  item: string | null;
  nth: number;
  segment: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
  origin: string;
  ip: string | null;
  user_agent: string | null;
  request_id: string | null;
  block: number | null;
}

const json = (value: unknown) => (typeof value === 'string' ? JSON.parse(value) : value) as Record<string, unknown> | null;

/** The entries of one row, or of a collection, oldest first. */
export async function entriesOf({ host }: World, where: Record<string, unknown>): Promise<Entry[]> {
  const rows = await host.database('crm_audit').where(where).orderBy(['at', 'nth']);
  return rows.map((row) => ({ ...row, nth: Number(row.nth), before: json(row.before), after: json(row.after) }));
}

export async function lastEntry(world: World, where: Record<string, unknown>): Promise<Entry> {
  const entries = await entriesOf(world, where);
  const last = entries.at(-1);
  if (!last) throw new Error(`no entry for ${JSON.stringify(where)}`);
  return last;
}

export const countEntries = async ({ host }: World, where: Record<string, unknown> = {}): Promise<number> =>
  Number((await host.database('crm_audit').where(where).count({ count: '*' }).first())!['count']);
