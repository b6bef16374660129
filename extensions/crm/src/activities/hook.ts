import { markedBy, refreshMarks } from '../customers/index.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { provideOpenAgain } from '../segments/index.ts';
import { activityStep } from './activity-step.ts';
import { planStep } from './plan-step.ts';

/** What this slice does with every write of the CRM; after the segments' steps and before those of customers. */
export const activitySteps = (clock: Clock): readonly WriteStep[] => [activityStep(clock), planStep];

/** Work that was declined and is asked of a new owner is a next step again (SAL-6, SAL-8). */
export const registerOpenAgain = (): void =>
  provideOpenAgain(async (database, activities) => {
    const links = [];
    for (let at = 0; at < activities.length; at += CHUNK) {
      const part = activities.slice(at, at + CHUNK);
      links.push(...(await database('crm_activities').whereIn('id', part).select('customer', 'lead', 'opportunity')));
    }
    await refreshMarks(database, await markedBy(database, links));
  });

const CHUNK = 400;
