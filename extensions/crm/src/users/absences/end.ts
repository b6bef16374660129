import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { managesSegments, mayReach } from '../../segments/index.ts';
import { inTurn } from '../freeze/in-turn.ts';
import { toAbsence, type AbsenceCollection, type AbsenceRow } from './absence-row.ts';
import type { EndAnswer } from './contract.ts';
import { absenceRefusal } from './refuse.ts';
import { judgeEnding, lastDayBefore } from './rules/absence.ts';
import type { AbsencePorts } from './withdraw.ts';

/** Whoever is back says so; heads and admins say it for people of their segments, group marketing for everybody (Q12). */
const mayEnd = (actor: Actor, row: AbsenceRow): boolean =>
  mayReach(actor, row) && (row.owner === actor.user || actor.role === 'system_admin' || managesSegments(actor.role));

/** Ends an absence that has begun: from today on the person is there again; what began only today is withdrawn. */
export const endAbsence = (
  { context, clock }: AbsencePorts,
  actor: Actor,
  { collection, id }: { collection: AbsenceCollection; id: string },
): Promise<EndAnswer> =>
  inTurn(context.database, actor.language, async (database) => {
    const found: AbsenceRow | undefined = await database(collection).where({ id }).forUpdate().first();
    if (!found || !mayEnd(actor, found)) throw forbidden();
    const { state, from_on: fromOn, to_on: toOn } = toAbsence(found);
    const today = await dayIn(database, found.segment, clock.now());
    const reason = judgeEnding({ state, fromOn, toOn, today });
    if (reason) throw absenceRefusal(reason, actor.language);
    const lastDay = lastDayBefore(today, fromOn);
    await updateLogged(database, collection, (rows) => rows.where({ id }), {
      ...(lastDay ? { to_on: toStoredDay(database, lastDay) } : { state: 'withdrawn' }),
      ...{ date_updated: clock.now(), user_updated: actor.user },
    });
    return { id, state: lastDay ? 'approved' : 'withdrawn', to_on: lastDay ?? toOn };
  });
