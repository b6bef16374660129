import type { Actor } from '../platform/api/actor.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { belongsTo, loadPerson } from '../segments/index.ts';
import { heldActivity } from './held.ts';
import { activityRefusal } from './refuse.ts';
import { decideReassignment } from './rules/reassignment.ts';
import { tell } from './tell.ts';

/** Gives an activity that was declined to somebody else of the segment, who is asked anew (SAL-6, ORG-4, ORG-5, Q16). */
export async function reassign(
  database: Knex,
  actor: Actor,
  { id, owner }: { id: string; owner: string },
): Promise<{ id: string; owner: string }> {
  return database.transaction(async (transaction) => {
    const row = await heldActivity(transaction, actor, id);
    const fault = decideReassignment(row, actor.user);
    if (fault) throw activityRefusal(fault, actor.language);
    await transaction('directus_users').where({ id: owner }).forShare().first('id');
    const person = await loadPerson(transaction, owner);
    if (!person || !belongsTo(person, row.segment)) throw activityRefusal('owner_not_in_segment', actor.language);
    const values = { owner, assignment: owner === row.assigned_by ? null : 'requested', declined_reason: null };
    await updateLogged(transaction, 'crm_activities', (rows) => rows.where({ id }), values);
    if (owner !== actor.user) await tell(transaction, owner, 'assigned', id);
    return { id, owner };
  });
}
