import { voidApprovals } from '../../approvals/index.ts';
import { updateLogged } from '../../platform/api/change-log.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { FormOfFreeze } from '../freeze/approval-kind.ts';
import { FREEZES } from '../freeze/freeze-row.ts';
import { writeState } from '../freeze/write-freeze.ts';
import { REQUESTS, type RequestRow } from './request-row.ts';
import { tell } from './tell.ts';

const waitingOn = (database: Knex, forms: readonly string[]): Knex.QueryBuilder =>
  database(FREEZES)
    .where({ state: 'pending' })
    .whereIn('access_request', [...forms]);

/** The forms of these that wait for an executive, who decides the freeze of a system admin (Q5). */
export const waitingForms = async (database: Knex, forms: readonly string[]): Promise<Set<string>> =>
  new Set(forms.length ? await waitingOn(database, forms).pluck('access_request') : []);

/**
 * A form is carried out once its person is frozen, and comes to nothing when an executive does not agree (ACC-8, Q5). Where whoever
 * clicked takes the question back it can be carried out again.
 */
export const endFormOfFreeze: FormOfFreeze = async (database, { access_request: id, frozen_by: by }, { isAgreed, now }) => {
  const form: RequestRow | undefined = id ? await database(REQUESTS).where({ id, state: 'approved' }).first() : undefined;
  if (!form) return;
  await updateLogged(database, REQUESTS, (rows) => rows.where({ id, state: 'approved' }), {
    ...(isAgreed ? { state: 'executed', executed_by: by, executed_at: now } : { state: 'rejected' }),
    date_updated: now,
  });
  await tell(database, [form.requested_by === by ? null : form.requested_by], isAgreed ? 'executed' : 'not_agreed');
};

/** Holds what waits for an executive, before the form itself as their decision does. */
export const holdWaiting = (database: Knex, form: string): Promise<unknown> => waitingOn(database, [form]).forUpdate().select('id');

/** Takes back what a form asked of an executive. */
export async function freezeIsOff(database: Knex, clock: Clock, form: string, by: string): Promise<void> {
  const waiting: { id: string }[] = await waitingOn(database, [form]).select('id');
  for (const { id } of waiting) {
    await writeState(database, id, 'pending', { state: 'refused', date_updated: clock.now(), user_updated: by });
    await voidApprovals(database, clock, { collection: FREEZES, item: id });
  }
}
