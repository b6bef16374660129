import { voidApprovals } from '../../approvals/index.ts';
import type { Actor } from '../../platform/api/actor.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { HostContext } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach } from '../../segments/index.ts';
import { inTurn } from '../freeze/in-turn.ts';
import { toAbsence, type AbsenceCollection, type AbsenceRow } from './absence-row.ts';
import type { WithdrawAnswer } from './contract.ts';
import { absenceRefusal } from './refuse.ts';
import { judgeWithdrawal } from './rules/absence.ts';

export interface AbsencePorts {
  context: Pick<HostContext, 'database'>;
  clock: Clock;
}

/** Whoever is away, or filed it for them, takes it back: while it waits, and once approved until it begins (Q12). */
export const withdrawAbsence = (
  { context, clock }: AbsencePorts,
  actor: Actor,
  { collection, id }: { collection: AbsenceCollection; id: string },
): Promise<WithdrawAnswer> =>
  inTurn(context.database, actor.language, async (database) => {
    const found: AbsenceRow | undefined = await database(collection).where({ id }).forUpdate().first();
    if (!found || !mayReach(actor, found) || (found.owner !== actor.user && found.user_created !== actor.user)) throw forbidden();
    const { state, from_on: fromOn } = toAbsence(found);
    const reason = judgeWithdrawal({ state, fromOn, today: await dayIn(database, found.segment, clock.now()) });
    if (reason) throw absenceRefusal(reason, actor.language);
    await updateLogged(database, collection, (rows) => rows.where({ id }), {
      ...{ state: 'withdrawn', date_updated: clock.now(), user_updated: actor.user },
    });
    await voidApprovals(database, clock, { collection, item: id });
    return { id, state: 'withdrawn' };
  });
