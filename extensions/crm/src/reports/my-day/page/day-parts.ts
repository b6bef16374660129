import type { WonWithoutOrder } from '../../../pipeline/contract.ts';
import type { Said } from '../../../platform/app/i18n.ts';
import {
  COUNTED,
  type AssignedActivity,
  type DayActivity,
  type DayApproval,
  type MyDay,
  type RecentRecord,
  type StaleRecord,
} from '../answers.ts';
import { MY_DAY } from './locale.ts';

/** A line of the day, by what can be done with it. */
export type DayRow =
  | { kind: 'request'; id: string; activity: AssignedActivity }
  | { kind: 'taken'; id: string; activity: AssignedActivity }
  | { kind: 'activity'; id: string; activity: DayActivity }
  | { kind: 'watched'; id: string; activity: AssignedActivity }
  | { kind: 'stale'; id: string; record: StaleRecord }
  | { kind: 'approval'; id: string; approval: DayApproval }
  | { kind: 'unordered'; id: string; deal: WonWithoutOrder['opportunities'][number] }
  | { kind: 'recent'; id: string; record: RecentRecord };

/** A part of the day: what is in it, how much there is in all, and what is said when there is nothing. */
export interface DayPart {
  key: string;
  title: Said;
  icon: string;
  /** How many there are; 0 where it is not counted. */
  count: number;
  rows: DayRow[];
  none: Said;
  isUrgent?: boolean;
  /** The page where the rest of it stands; named where something is left out, or always. */
  all?: { to: string; text: Said; isAlways?: boolean };
}

/** Null while it is not asked for or not there yet. */
export type Unordered = WonWithoutOrder | 'unknown' | null;

const ACTIVITIES = { to: '/content/crm_activities', text: MY_DAY.allActivities };
const APPROVALS = { to: '/crm/approvals', text: MY_DAY.allApprovals, isAlways: true };

/** Deals that were won on a contract and wait for their order (SAL-7): a part of the day where there are any, or where nobody knows. */
function unorderedPart(unordered: Unordered): DayPart[] {
  if (unordered !== 'unknown' && !unordered?.total) return [];
  const deals = unordered === 'unknown' ? [] : unordered.opportunities;
  const part = { key: 'unordered', title: MY_DAY.unordered, icon: 'receipt_long', isUrgent: true };
  return [
    {
      ...part,
      count: unordered === 'unknown' ? 0 : Math.min(unordered.total, COUNTED),
      rows: deals.map((deal) => ({ kind: 'unordered', id: deal.id, deal })),
      none: MY_DAY.unorderedFailed,
    },
  ];
}

/** What is to be done, and what is to be watched: two columns on a desk, one below the other on a phone. */
export function partsOf(
  { counts, assigned, overdue, today, stale_soon, approvals, recent }: MyDay,
  unordered: Unordered,
): [DayPart[], DayPart[]] {
  const toDo = (activity: DayActivity): DayRow => ({ kind: 'activity', id: activity.id, activity });
  const toMe: DayPart = {
    key: 'to_me',
    title: MY_DAY.toMe,
    icon: 'assignment_ind',
    count: counts.to_me,
    rows: assigned.to_me.map((activity) => ({
      kind: activity.assignment === 'requested' ? 'request' : 'taken',
      id: activity.id,
      activity,
    })),
    none: MY_DAY.toMeNone,
    isUrgent: true,
  };
  const byMe: DayPart = {
    key: 'by_me',
    title: MY_DAY.byMe,
    icon: 'outgoing_mail',
    count: counts.by_me,
    rows: assigned.by_me.map((activity) => ({ kind: 'watched', id: activity.id, activity })),
    none: MY_DAY.byMeNone,
  };
  return [
    [
      ...(counts.to_me ? [toMe] : []),
      {
        key: 'overdue',
        title: MY_DAY.late,
        icon: 'alarm',
        count: counts.overdue,
        rows: overdue.map(toDo),
        none: MY_DAY.lateNone,
        isUrgent: true,
        all: ACTIVITIES,
      },
      {
        key: 'today',
        title: MY_DAY.today,
        icon: 'today',
        count: counts.today,
        rows: today.map(toDo),
        none: MY_DAY.todayNone,
        all: ACTIVITIES,
      },
    ],
    [
      {
        key: 'stale_soon',
        title: MY_DAY.stale,
        icon: 'hourglass_bottom',
        count: counts.stale_soon,
        rows: stale_soon.map((record) => ({ kind: 'stale', id: record.id, record })),
        none: MY_DAY.staleNone,
      },
      ...unorderedPart(unordered),
      {
        key: 'approvals',
        title: MY_DAY.approvals,
        icon: 'approval',
        count: counts.approvals,
        rows: approvals.items.map((approval) => ({ kind: 'approval', id: approval.id, approval })),
        none: MY_DAY.approvalsNone,
        ...(counts.approvals ? { all: APPROVALS } : {}),
      },
      ...(counts.by_me ? [byMe] : []),
      {
        key: 'recent',
        title: MY_DAY.recent,
        icon: 'history',
        count: 0,
        rows: recent.map((record) => ({ kind: 'recent', id: record.id, record })),
        none: MY_DAY.recentNone,
      },
    ],
  ];
}
