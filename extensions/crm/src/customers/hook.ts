import type { Clock } from '../platform/api/clock.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { keepCurrentStep } from './keep-current-step.ts';
import { normaliseStep } from './normalise-step.ts';

/** What this slice does with every write of the CRM, in order. */
export const customerSteps = (clock: Clock): readonly WriteStep[] => [normaliseStep(clock), keepCurrentStep()];
