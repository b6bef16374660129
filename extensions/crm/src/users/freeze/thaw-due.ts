import type { Knex } from '../../platform/api/host.ts';
import { createLease } from '../../platform/api/lease.ts';
import { withOrigin } from '../../platform/api/origin.ts';
import { toLanguage } from '../../platform/api/actor.ts';
import { say } from '../../platform/api/say.ts';
import { hasRoomFor, oneAtATime } from '../../segments/index.ts';
import { FREEZES, USERS, type FreezeRow } from './freeze-row.ts';
import { inTurn } from './in-turn.ts';
import { REASONS } from './locale/notices.ts';
import { holdPerson } from './person.ts';
import type { FreezePorts } from './ports.ts';
import { tell } from './tell.ts';
import { thawNow } from './thaw.ts';

const LEASE = { key: 'freezes.thaw', ms: 15_000 };

const due = (database: Knex, now: Date): Knex.QueryBuilder =>
  database(FREEZES).where({ state: 'frozen' }).whereNotNull('until').where('until', '<=', now);

/** Thaws one whose time is over; where the post is filled by others meanwhile it waits for room. */
async function thawOne(database: Knex, ports: FreezePorts, { id, user }: Pick<FreezeRow, 'id' | 'user'>): Promise<void> {
  const target = await holdPerson(database, user);
  await oneAtATime(database);
  const row: FreezeRow | undefined = await due(database, ports.clock.now()).where({ id }).first();
  if (!target || !row || !(await hasRoomFor(database, user))) return;
  const freezer = row.frozen_by ? await database(USERS).where({ id: row.frozen_by }).first('language') : null;
  await thawNow(database, ports, { target, row, by: null, reason: say(REASONS.over, toLanguage(freezer?.language)) });
  await tell(database, [row.frozen_by], 'thawed_itself');
}

/**
 * Thaws whoever's time is over (ACC-9): all that is due and not yet done, so that a missed tick, a restart or a second node
 * changes nothing (design.md 7).
 */
export async function thawDue(ports: FreezePorts): Promise<void> {
  const { context, clock } = ports;
  const { database } = context;
  if (!(await due(database, clock.now()).first('id'))) return;
  const lease = createLease(database, clock, LEASE);
  if (!(await lease.take())) return;
  try {
    const rows: Pick<FreezeRow, 'id' | 'user'>[] = await due(database, clock.now()).orderBy(['until', 'id']).select('id', 'user');
    for (const row of rows)
      await withOrigin({ kind: 'job', user: null, reason: 'the freeze is over' }, () =>
        inTurn(database, null, (transaction) => thawOne(transaction, ports, row)),
      );
  } finally {
    await lease.release();
  }
}
