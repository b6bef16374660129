import type { AwayToday } from '../../approvals/index.ts';
import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { toStoredDay } from '../../platform/api/stored-day.ts';

/** Who is on approved leave on the day it is in Shanghai (Q12): for approvals, which then go to the stand-in. */
export const awayOn =
  (clock: Clock): AwayToday =>
  async (database) => {
    const today = toStoredDay(database, toBusinessDate(clock.now()));
    const owners: string[] = await database('crm_leaves')
      .where({ state: 'approved' })
      .where('from_on', '<=', today)
      .where('to_on', '>=', today)
      .pluck('owner');
    return new Set(owners);
  };
