import { GROUP_SEGMENT_ID } from '../../extensions/crm/src/kernel/roles.ts';

/**
 * The questions behind bookmarks and panels. All of them are flat, on columns of the row itself: a step into another
 * collection would be refused by the guard (design.md 3).
 */
interface Filter {
  _and: readonly object[];
}

const all = (...conditions: object[]): Filter => ({ _and: conditions });
const IN_WORK = { status: { _in: ['draft', 'active'] } };
const OPEN_LEADS = { status: { _in: ['new', 'qualified'] } };

export const MINE = all({ owner: { _eq: '$CURRENT_USER' } }, IN_WORK);
export const LIVING = all(IN_WORK);
export const KEY = all({ class: { _eq: 'key' } }, IN_WORK);
export const DRAFTS = all({ status: { _eq: 'draft' } });
export const ACTIVE = all({ status: { _eq: 'active' } });
/** Nobody has worked on the customer for 30 days, or not once in the 30 days and more since it was entered (USE-3). */
export const UNTOUCHED = all(
  { status: { _eq: 'active' } },
  {
    _or: [
      { last_activity_at: { _lt: '$NOW(-30 days)' } },
      all({ last_activity_at: { _null: true } }, { date_created: { _lt: '$NOW(-30 days)' } }),
    ],
  },
);

export const FOLLOWED = all({ status: { _in: ['allocated', 'following'] } });
export const WAITING = all({ owner: { _null: true } }, OPEN_LEADS);
export const POOL = all({ segment: { _eq: GROUP_SEGMENT_ID } });

export const OPEN = all({ closed_on: { _null: true } });
export const CLOSING = all({ closed_on: { _null: true } }, { expected_close_on: { _lte: '$NOW(+30 days)' } });

export const UNDONE = all({ done_at: { _null: true } });
export const MY_UNDONE = all({ owner: { _eq: '$CURRENT_USER' } }, { done_at: { _null: true } });
/** Panels ask by GraphQL, where a link is compared through the target's key; the guard knows that form, too. */
export const atStage = (stage: string): Filter => all({ stage: { id: { _eq: stage } } });

export const PLANNED = all({ due_on: { _nnull: true } });
export const ASSIGNED_BY_ME = all({ assigned_by: { _eq: '$CURRENT_USER' } });
export const DONE_LATELY = all({ done_at: { _gte: '$NOW(-30 days)' } });

/** People of the CRM who could log in and have not for 14 days (USE-2); the host's technical administrator has no segment. */
export const AWAY = all(
  { status: { _eq: 'active' } },
  { crm_segment: { id: { _nnull: true } } },
  { _or: [{ last_access: { _null: true } }, { last_access: { _lt: '$NOW(-14 days)' } }] },
);
