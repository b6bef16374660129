import { updateLogged } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { CALENDAR, dueDays } from './due-days.ts';
import { dateFormsAnew } from './early-freezes.ts';
import { OPEN_STATES, REQUESTS, toRequest, type RequestRow } from './request-row.ts';

/** Gives open forms the days that they have by the calendar as it now is; whoever was told that one is overdue stays told. */
async function dateAnew(database: Knex): Promise<void> {
  const stored: RequestRow[] = await database(REQUESTS).whereIn('state', [...OPEN_STATES]);
  const forms = stored.map(toRequest);
  const due = await dueDays(database, [...new Set(forms.map(({ effective_on: day }) => day))]);
  const changed = forms.filter((form) => form.due_on !== due.get(form.effective_on));
  const byDay = Map.groupBy(changed, ({ effective_on: day }) => due.get(day)!);
  for (const [day, those] of byDay) {
    const ids = those.map(({ id }) => id);
    const values = { due_on: toStoredDay(database, day) };
    await updateLogged(database, REQUESTS, (rows) => rows.whereIn('id', ids).whereIn('state', [...OPEN_STATES]), values);
  }
}

/** A day off or a make-up day that is announced later counts for forms that were filed before, and for those that are to come (ACC-8, Q9, Q17). */
export const calendarStep: WriteStep = {
  name: 'users/requests: days of open forms',
  collections: [CALENDAR],
  async afterWrite({ database }) {
    await dateAnew(database);
    await dateFormsAnew(database);
  },
};
