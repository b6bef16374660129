import { randomUUID } from 'node:crypto';
import { dueDay } from '../../approvals/index.ts';
import { changeLog, updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import { FREEZES, type FreezeRow } from './freeze-row.ts';

export interface NewFreeze {
  user: string;
  segment: string;
  state: 'frozen' | 'pending';
  reason: string;
  until: Date | null;
  by: string | null;
  /** Without a form before it: the form is due within one working day (Q17). */
  early: boolean;
  accessRequest?: string | null;
  /** The day of the form where it is known already. */
  formDueOn?: string | null;
  /** When it was told that the form did not come: once, whatever freeze takes the place of another. */
  escalatedAt?: Date | null;
}

/** The working days within which the form of an early freeze is to come (Q17). */
const FORM_DAYS = 1;

/** Writes down that somebody is frozen, or is to be, with its entry in the log. */
export async function writeFreeze(database: Knex, clock: Clock, freeze: NewFreeze): Promise<FreezeRow> {
  const { user, segment, state, reason, until, by, early, accessRequest = null, formDueOn = null, escalatedAt = null } = freeze;
  const now = clock.now();
  const id = randomUUID();
  const due = early ? (formDueOn ?? (await dueDay(database, clock, segment, FORM_DAYS))) : null;
  await database(FREEZES).insert({
    ...{ id, user, segment, state, reason, until, early, frozen_by: by, access_request: accessRequest },
    ...{ frozen_at: state === 'frozen' ? now : null, form_due_on: due && toStoredDay(database, due), escalated_at: escalatedAt },
    ...{ date_created: now, user_created: by },
  });
  await changeLog().created(database, FREEZES, [id]);
  return database(FREEZES).where({ id }).first();
}

/** Closes the freeze that stands; the same entry of the log as for every change. */
export async function writeThaw(
  database: Knex,
  clock: Clock,
  { id }: Pick<FreezeRow, 'id'>,
  { by, reason }: { by: string | null; reason: string },
): Promise<void> {
  const now = clock.now();
  await writeState(database, id, 'frozen', {
    state: 'thawed',
    thawed_by: by,
    thawed_at: now,
    thaw_reason: reason,
    date_updated: now,
    user_updated: by,
  });
}

export const writeState = (database: Knex, id: string, from: FreezeRow['state'], values: Row): Promise<void> =>
  updateLogged(database, FREEZES, (rows) => rows.where({ id, state: from }), values);
