import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { hasRoomFor, oneAtATime } from '../../segments/index.ts';
import type { FreezeRow } from './freeze-row.ts';
import { inTurn } from './in-turn.ts';
import { holdPerson, openFreeze } from './person.ts';
import type { FreezePorts } from './ports.ts';
import { freezeRefusal } from './refuse.ts';
import { decideThaw, type Target } from './rules/freeze-decision.ts';
import { setStatus } from './set-status.ts';
import { tell } from './tell.ts';
import { writeThaw } from './write-freeze.ts';

/** Thaws somebody (ACC-9): by whoever may freeze them. Old sessions and tokens stay dead; they log in anew. */
export const thawUser = (ports: FreezePorts, actor: Actor, id: string, reason: string): Promise<FreezeRow> =>
  inTurn(ports.context.database, actor.language, (transaction) => thawHeld(transaction, ports, actor, { id, reason }));

/** The same inside the caller's transaction. */
export async function thawHeld(
  database: Knex,
  ports: FreezePorts,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
): Promise<FreezeRow> {
  const target = await holdPerson(database, id);
  await oneAtATime(database);
  const row = target ? await openFreeze(database, target.user) : null;
  const decided = decideThaw({ freezer: actor, target, open: row ? (row.state as 'frozen' | 'pending') : null });
  if (!decided.accepted) throw freezeRefusal(decided.reason, actor.language);
  if (!(await hasRoomFor(database, target!.user))) throw freezeRefusal('headcount_full', actor.language);
  await thawNow(database, ports, { target: target!, row: row!, by: actor.user, reason });
  return row!;
}

/** The thaw itself; whoever was closed meanwhile stays closed. */
export async function thawNow(
  database: Knex,
  { context, clock }: FreezePorts,
  { target, row, by, reason }: { target: Target; row: FreezeRow; by: string | null; reason: string },
): Promise<void> {
  await writeThaw(database, clock, row, { by, reason });
  if (target.status !== 'suspended') return;
  await setStatus(context, database, target.user, { status: 'active' });
  await tell(database, [target.user], 'back');
}
