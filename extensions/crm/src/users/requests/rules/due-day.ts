import { addWorkingDays, type CalendarDays } from '../../../kernel/calendar/working-days.ts';

/** 001 §3.3: within one working day of the departure or the change of post. */
const WORKING_DAYS = 1;

/** The day by which a change has to be carried out (ACC-8, Q9): the working day after it, make-up days included. */
export const dueAfter = (effectiveOn: string, calendar: CalendarDays): string => addWorkingDays(effectiveOn, WORKING_DAYS, calendar);
