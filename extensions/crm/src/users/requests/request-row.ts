import type { Rows } from '../../kernel/rows.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';

export const REQUESTS = 'crm_access_requests';
export const USERS = 'directus_users';
/** The approval of every such form (ACC-8). */
export const REQUEST_KIND = 'access_request';

type Stored = Rows['crm_access_requests'];
export type RequestRow = Stored;
export type RequestKind = Stored['kind'];

/** The states in which nothing has come of a form yet. */
export const OPEN_STATES: readonly Stored['state'][] = ['requested', 'approved'];

/** A stored form, the same whichever database it comes from. */
export const toRequest = (row: RequestRow): RequestRow => ({
  ...row,
  effective_on: fromStoredDay(row.effective_on) ?? '',
  due_on: fromStoredDay(row.due_on),
});
