import { requestApproval } from '../../approvals/index.ts';
import { GROUP_SEGMENT_ID } from '../../kernel/roles.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import { ableSystemAdmins, oneAtATime } from '../../segments/index.ts';
import { hasFreeExecutive } from './beholden.ts';
import type { FreezeRequest } from './contract.ts';
import { FREEZE_KIND, FREEZES, momentOf, USERS, type FreezeRow } from './freeze-row.ts';
import { inTurn } from './in-turn.ts';
import { REASONS } from './locale/notices.ts';
import { holdPerson, isAccused, openFreezes, segmentOf } from './person.ts';
import type { FreezeDeskPorts, FreezePorts } from './ports.ts';
import { freezeRefusal } from './refuse.ts';
import { decideFreeze, standingOf, type Target } from './rules/freeze-decision.ts';
import { endOf } from './rules/until.ts';
import { setStatus } from './set-status.ts';
import { adminsOf, tell } from './tell.ts';
import { writeFreeze, writeThaw, type NewFreeze } from './write-freeze.ts';

/** What a freeze rests on besides the one who asks: the form that was approved before it, if there is one. */
export interface Basis {
  accessRequest: string | null;
}

/**
 * Freezes somebody (ACC-9, Q17), for a system admin once an executive has agreed (Q5): the row, the suspension, the end of
 * every session and token, the log and the notes in one transaction. Nothing of what the person owns is touched.
 */
export const freezeUser = (
  ports: FreezeDeskPorts,
  actor: Actor,
  id: string,
  wish: FreezeRequest,
  basis: Basis = { accessRequest: null },
): Promise<FreezeRow> =>
  inTurn(ports.context.database, actor.language, (transaction) => freezeHeld(transaction, ports, actor, { id, wish, basis }));

/** The same inside the caller's transaction. */
export async function freezeHeld(
  database: Knex,
  ports: FreezeDeskPorts,
  actor: Actor,
  { id, wish, basis }: { id: string; wish: FreezeRequest; basis: Basis },
): Promise<FreezeRow> {
  const target = await holdPerson(database, id);
  await oneAtATime(database);
  const until = endOf(wish.until);
  const { present, isAsked } = target ? await openFreezes(database, target.user) : { present: null, isAsked: false };
  const decided = decideFreeze({
    ...{ freezer: actor, target, standing: standingOf(present), endsAt: momentOf(present?.until), isAsked },
    isAccused: await isAccused(database, actor.user),
    systemAdmins: await ableSystemAdmins(database),
    until,
    now: ports.clock.now(),
  });
  if (!decided.accepted) throw freezeRefusal(decided.reason, actor.language);
  const early = decided.value === 'freeze' && basis.accessRequest === null;
  const freeze = { user: target!.user, segment: segmentOf(target!), reason: wish.reason, until, by: actor.user, early, ...basis };
  if (decided.value === 'ask') return askForFreeze(database, ports, actor, target!, freeze);
  if (present) await giveWay(database, ports, present, actor);
  return freezeNow(database, ports, { ...freeze, ...(early ? formOf(present) : {}) }, present);
}

/** What ends by itself is over: a freeze that was decided takes its place, and the person stays shut out. */
export const giveWay = (
  database: Knex,
  { clock }: Pick<FreezePorts, 'clock'>,
  present: FreezeRow,
  { user, language }: Pick<Actor, 'user' | 'language'>,
): Promise<void> => writeThaw(database, clock, present, { by: user, reason: say(REASONS.replaced, language) });

/** An early freeze that goes on in another one keeps its form, the day by which that is due, and that it was told of (Q17). */
const formOf = (present: FreezeRow | null): Partial<NewFreeze> =>
  present?.early
    ? {
        ...{ accessRequest: present.access_request, formDueOn: fromStoredDay(present.form_due_on) },
        escalatedAt: momentOf(present.escalated_at),
      }
    : {};

async function freezeNow(
  database: Knex,
  { context, clock }: FreezePorts,
  freeze: Omit<NewFreeze, 'state'>,
  present: FreezeRow | null,
): Promise<FreezeRow> {
  const row = await writeFreeze(database, clock, { ...freeze, state: 'frozen' });
  await setStatus(context, database, freeze.user, { status: 'suspended', token: null });
  if (freeze.early && !present?.early)
    await tell(database, await adminsOf(database, freeze.segment), 'form_due', { due: fromStoredDay(row.form_due_on) ?? '—' });
  return row;
}

/** A system admin is frozen by two: one asks, an executive decides (Q5). */
async function askForFreeze(
  database: Knex,
  { approvals, clock }: FreezeDeskPorts,
  actor: Actor,
  { user }: Target,
  freeze: Omit<NewFreeze, 'state'>,
): Promise<FreezeRow> {
  if (!(await hasFreeExecutive(database, clock, actor.user))) throw freezeRefusal('no_executive', actor.language);
  const row = await writeFreeze(database, clock, { ...freeze, segment: GROUP_SEGMENT_ID, state: 'pending' });
  const named = await database(USERS).where({ id: user }).first('first_name', 'last_name', 'email');
  await requestApproval(database, approvals, {
    ...{ kind: FREEZE_KIND, collection: FREEZES, item: row.id, about: null, segment: GROUP_SEGMENT_ID, owner: null },
    title: [named?.first_name, named?.last_name].filter(Boolean).join(' ') || String(named?.email ?? user),
    asked: { freeze_user: user, until: momentOf(row.until)?.toISOString() ?? null },
    ...{ reason: freeze.reason, requestedBy: actor.user },
  });
  return row;
}
