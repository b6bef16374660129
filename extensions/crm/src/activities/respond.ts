import { markedBy, refreshMarks } from '../customers/index.ts';
import type { Actor } from '../platform/api/actor.ts';
import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import { heldActivity } from './held.ts';
import { activityRefusal } from './refuse.ts';
import { decideAnswer, type Answer } from './rules/answer.ts';
import { tell } from './tell.ts';

export interface Answered {
  id: string;
  assignment: 'accepted' | 'declined';
}

/** Takes an assigned activity on, or declines it with a reason, which whoever assigned it is told (SAL-6). */
export async function respond(
  database: Knex,
  actor: Actor,
  { id, answer, reason }: { id: string; answer: Answer; reason: string },
): Promise<Answered> {
  return database.transaction(async (transaction) => {
    const row = await heldActivity(transaction, actor, id);
    const decided = decideAnswer(row, { actor: actor.user, answer, reason });
    if (!decided.accepted) throw activityRefusal(decided.reason, actor.language);
    await updateLogged(transaction, 'crm_activities', (rows) => rows.where({ id }), { ...decided.value });
    await refreshMarks(transaction, await markedBy(transaction, [row]));
    if (decided.value.assignment === 'declined' && row.assigned_by) await tell(transaction, row.assigned_by, 'declined', id);
    return { id, assignment: decided.value.assignment };
  });
}
