import { isActivityType, TYPE_NAMES } from '../../activities/locale/type-names.ts';
import { doneFault, dueChangeFault, dueFault, fillNew } from '../../activities/rules/new-activity.ts';
import { isFutureSignature } from '../../pipeline/orders/sales-step.ts';
import type { Row } from '../../platform/api/host.ts';
import { say } from '../../platform/api/say.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import type { RowFault } from '../rules/row-fault.ts';
import { fault } from './forbidden-fields.ts';
import type { Judging } from './import-record.ts';
import type { LookUps } from './look-ups.ts';

/** The row that is written over, null for a new one, and the opportunities of customers that its order may belong to. */
interface Asked extends Pick<LookUps, 'deals'> {
  stored: Row | null;
}

/** What a line says of its row, filled where the form fills it (USE-3, SAL-7); or why the form would refuse it. */
export function planValues(work: Judging, collection: string, values: Row, asked: Asked): Row | RowFault[] {
  if (collection === 'crm_orders') return planOrder(work, values, asked);
  return collection === 'crm_activities' ? planActivity(work, values, asked) : values;
}

/** An order that names no opportunity goes to the only one that it can belong to; of several a person chooses (ADR 0028). */
function planOrder({ localDay }: Judging, values: Row, { stored, deals }: Asked): Row | RowFault[] {
  if (isFutureSignature(values, localDay)) return [fault('signed_on', 'future_signature')];
  const [only, ...others] = stored ? [] : (deals.get(String(values['customer'])) ?? []);
  if (others.length) return [fault('customer', 'opportunity_required')];
  return only ? { ...values, opportunity: only.id } : values;
}

/**
 * What was done long ago is entered late (IMP-4); what is still to be done is not planned for a day that is over, nor moved to one,
 * and nobody puts off what somebody else asked for (SAL-6, SAL-8).
 */
function planActivity({ now, localDay, actor }: Judging, values: Row, { stored }: Asked): Row | RowFault[] {
  const due = stored ? dueChangeFault(values, standingOf(stored), { actor, today: localDay }) : dueFault(values, localDay);
  const wrong = due ?? doneFault(values, now);
  if (wrong) return [fault(wrong.field, wrong.reason)];
  return stored ? values : fillNew(values, now, (type) => (isActivityType(type) ? say(TYPE_NAMES[type], actor.language) : null));
}

const standingOf = (stored: Row) => ({
  dueOn: fromStoredDay(stored['due_on']),
  done: Boolean(stored['done_at']),
  assignedBy: stored['assigned_by'],
});
