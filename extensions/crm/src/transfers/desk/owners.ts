import { ROLE_IDS } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { isGroupStaff } from '../../segments/index.ts';
import type { OwnersAnswer } from './contract.ts';
import { namesOf } from './named.ts';

/** As many people as a list is still read by a person. */
const MOST = 500;

/** Who may own customers in a segment, for whoever works there and for group staff; to others nobody works there (ORG-2, Q18). */
export async function ownersIn(database: Knex, actor: Actor, segment: string): Promise<OwnersAnswer> {
  const isNear = actor.admin || isGroupStaff(actor.role) || [actor.homeSegment, ...actor.managedSegments].includes(segment);
  if (!isNear) return { owners: [] };
  const managers = database('crm_user_segments').where({ crm_segment: segment }).whereNotNull('crm_user').select('crm_user');
  const people: { id: string }[] = await database('directus_users')
    .where({ status: 'active' })
    .whereIn('role', Object.values(ROLE_IDS))
    .andWhere(
      (here) =>
        void here
          .where({ crm_segment: segment })
          .orWhere((manages) => void manages.whereIn('role', [ROLE_IDS.segment_head, ROLE_IDS.segment_admin]).whereIn('id', managers)),
    )
    .orderBy(['first_name', 'last_name', 'id'])
    .limit(MOST)
    .select('id');
  const ids = people.map(({ id }) => id);
  const names = await namesOf(database, actor, ids);
  // Who manages the segment from another one is nobody that its people see.
  return { owners: ids.map((id) => names.who(id)!).filter(({ name }) => name !== null) };
}
