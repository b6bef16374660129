import type { Knex } from '../../platform/api/host.ts';
import { LEADS } from './lead-row.ts';
import type { Load } from './rules/choose-route.ts';
import { OPEN_STATUSES } from './rules/lead-status.ts';

/** How many open leads each of some people has, and when each last got one (SAL-9). */
export async function loadsOf(database: Knex, users: readonly string[]): Promise<Map<string, Load>> {
  const open: { owner: string; n: number | string }[] = await database(LEADS)
    .whereIn('owner', [...users])
    .whereIn('status', [...OPEN_STATUSES])
    .groupBy('owner')
    .select('owner')
    .count({ n: '*' });
  const last: { to_owner: string; at: Date | string | number }[] = await database('crm_allocations')
    .whereIn('to_owner', [...users])
    .groupBy('to_owner')
    .select('to_owner')
    .max({ at: 'at' });
  const openBy = new Map(open.map(({ owner, n }) => [owner, Number(n)]));
  const lastBy = new Map(last.map(({ to_owner, at }) => [to_owner, new Date(at).getTime()]));
  return new Map(users.map((user) => [user, { open: openBy.get(user) ?? 0, lastAt: lastBy.get(user) ?? null }]));
}
