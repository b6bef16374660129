import { isUuid } from '../kernel/uuid.ts';
import type { Clock } from '../platform/api/clock.ts';
import { dayIn } from '../platform/api/day-in.ts';
import type { Row } from '../platform/api/host.ts';
import { say } from '../platform/api/say.ts';
import { fromStoredDay } from '../platform/api/stored-day.ts';
import type { AfterWrite, WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { mayReach } from '../segments/index.ts';
import { isActivityType, TYPE_NAMES } from './locale/type-names.ts';
import { fieldRefusal } from './refuse.ts';
import { assignmentAfter } from './rules/answer.ts';
import { assignsOnly, doneFault, dueChangeFault, dueFault, fillNew } from './rules/new-activity.ts';
import { customerOfPlanKey } from './rules/plan-key.ts';
import { tell } from './tell.ts';

const ACTIVITIES = 'crm_activities';
const DUE = 'due_on';

/**
 * Every write of an activity: quick entries get what nobody typed (USE-3), days that cannot be are refused, and work for
 * somebody else waits for an answer (SAL-6). It comes after the owner is settled and before the marks are counted.
 */
export function activityStep(clock: Clock): WriteStep {
  function refuseDone(payload: Row, { actor }: WriteContext): void {
    const fault = doneFault(payload, clock.now());
    if (fault) throw fieldRefusal(ACTIVITIES, fault.field, fault.reason, actor?.language);
  }

  /** Said only of rows that the caller writes; of others the host's own refusal comes next. */
  async function refuseDue(payload: Row, keys: readonly string[], { actor, database }: WriteContext): Promise<void> {
    if (!actor || actor.role === 'group_executive') return;
    const rows: Row[] = await database(ACTIVITIES).whereIn('id', [...keys]);
    if (rows.length < new Set(keys).size || !rows.every((row) => mayReach(actor, row as never))) return;
    for (const row of rows) {
      const stands = { dueOn: fromStoredDay(row[DUE]), done: Boolean(row['done_at']), assignedBy: row['assigned_by'] };
      const today = await dayIn(database, row['segment'], clock.now());
      const fault = dueChangeFault(payload, stands, { actor, today });
      if (fault) throw fieldRefusal(ACTIVITIES, fault.field, fault.reason, actor.language);
    }
  }

  return {
    name: 'activities/activity',
    collections: [ACTIVITIES],
    async beforeCreate(payload, context) {
      const { database, actor, accountability } = context;
      if (!accountability) return;
      const segment = isUuid(payload['segment']) ? payload['segment'] : actor?.homeSegment;
      const fault = dueFault(payload, await dayIn(database, segment, clock.now()));
      if (fault) throw fieldRefusal(ACTIVITIES, fault.field, fault.reason, actor?.language);
      refuseDone(payload, context);
      const nameOf = (type: string) => (isActivityType(type) ? say(TYPE_NAMES[type], actor?.language) : null);
      return fillNew(payload, clock.now(), nameOf);
    },
    async beforeUpdate(payload, keys, context) {
      if (!context.accountability) return;
      refuseDone(payload, context);
      if (DUE in payload) await refuseDue(payload, keys, context);
    },
    async afterWrite({ database, item, action, actor }: AfterWrite) {
      if (action === 'delete') return;
      const row = await database(ACTIVITIES).where({ id: item }).first();
      if (!row) return;
      if (actor && !actor.admin && assignsOnly(actor, row)) throw fieldRefusal(ACTIVITIES, 'done_at', 'executive_assigns', actor.language);
      const assignment = assignmentAfter(row);
      // Moved to another customer it is no longer what the plan asked for there.
      const isMoved = row.plan_key !== null && customerOfPlanKey(row.plan_key) !== row.customer;
      const changes = { ...(assignment !== row.assignment ? { assignment } : {}), ...(isMoved ? { plan_key: null } : {}) };
      if (Object.keys(changes).length) await database(ACTIVITIES).where({ id: item }).update(changes);
      if (assignment === 'requested' && row.assignment !== 'requested') await tell(database, row.owner, 'assigned', item);
    },
  };
}
