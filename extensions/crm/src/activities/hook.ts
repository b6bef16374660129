import type { Clock } from '../platform/api/clock.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { activityStep } from './activity-step.ts';
import { planStep } from './plan-step.ts';

/** What this slice does with every write of the CRM; after the segments' steps and before those of customers. */
export const activitySteps = (clock: Clock): readonly WriteStep[] => [activityStep(clock), planStep];
