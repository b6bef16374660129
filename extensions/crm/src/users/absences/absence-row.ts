import type { Rows } from '../../kernel/rows.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';

/** Both kinds of absence stand alike in tables of their own (Q12). */
export const ABSENCES = { crm_trips: 'trip', crm_leaves: 'leave' } as const;
export type AbsenceCollection = keyof typeof ABSENCES;
export const isAbsence = (collection: string): collection is AbsenceCollection => collection in ABSENCES;

export type AbsenceRow = Pick<Rows['crm_trips'], 'id' | 'from_on' | 'to_on' | 'reason' | 'state' | 'owner' | 'segment' | 'user_created'> &
  Partial<Pick<Rows['crm_trips'], 'destination'> & Pick<Rows['crm_leaves'], 'kind'>>;

/** The states in which an absence stands, or may still. */
export const STANDING: readonly AbsenceRow['state'][] = ['requested', 'approved'];

/** A stored absence, the same whichever database it comes from. */
export const toAbsence = (row: AbsenceRow): AbsenceRow => ({
  ...row,
  from_on: fromStoredDay(row.from_on) ?? '',
  to_on: fromStoredDay(row.to_on) ?? '',
});
