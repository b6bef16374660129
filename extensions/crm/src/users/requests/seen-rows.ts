import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { isFull, isGroupStaff } from '../../segments/index.ts';
import type { Preview } from './contract.ts';
import { COUNTED } from './locale/effects.ts';
import type { Rights, Sight } from './rules/rights-after.ts';

const isOfGroup = ({ admin, role }: Actor): boolean => admin || isGroupStaff(role);

/** Narrows to what a sight shows of `user`. */
function within(rows: Knex.QueryBuilder, sight: Sight, user: string): Knex.QueryBuilder {
  if (sight.of === 'all') return rows;
  if (sight.of === 'segments') return rows.whereIn('segment', [...sight.segments]);
  if (sight.of === 'own') return rows.where({ segment: sight.segment, owner: user });
  return rows.whereRaw('1 = 0');
}

/** What the caller sees themselves: no number of a preview tells of more (design.md 8). */
export const ofCaller = (rows: Knex.QueryBuilder, actor: Actor): Knex.QueryBuilder =>
  isOfGroup(actor) ? rows : rows.whereIn('segment', [...actor.managedSegments]);

export async function countSeen(database: Knex, actor: Actor, user: string, [before, after]: [Sight, Sight]): Promise<Preview['sees']> {
  const seen: Preview['sees'] = [];
  for (const collection of Object.keys(COUNTED)) {
    const count = async (...sights: Sight[]): Promise<number> => {
      const rows = sights.reduce((query, sight) => within(query, sight, user), ofCaller(database(collection), actor));
      const [counted] = await rows.count({ total: '*' });
      return Number(counted?.['total'] ?? 0);
    };
    const [was, will, stays] = [await count(before), await count(after), await count(before, after)];
    seen.push({ collection, before: was, after: will, gains: will - stays, loses: was - stays });
  }
  return seen;
}

/** Whether rights reach rows that the caller does not see. */
export function reachesBeyond(actor: Actor, sight: Sight): boolean {
  if (isOfGroup(actor) || sight.of === 'none') return false;
  if (sight.of === 'all') return true;
  return (sight.of === 'own' ? [sight.segment] : sight.segments).some((segment) => !actor.managedSegments.includes(segment));
}

/** Whether a post is filled, as far as the caller answers for it: how many work elsewhere is for others to know (ORG-2). */
export async function isKnownFull(database: Knex, actor: Actor, { role, managedSegments }: Rights, user: string | null): Promise<boolean> {
  if (isOfGroup(actor)) return isFull(database, { role, managedSegments }, user);
  const own = managedSegments.filter((segment) => actor.managedSegments.includes(segment));
  return role !== 'system_admin' && isFull(database, { role, managedSegments: own }, user);
}
