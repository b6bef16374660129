import type { Clock } from '../platform/api/clock.ts';
import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { stageStep } from './stages/stage-step.ts';

/** What this slice does with every write of the CRM, in order. */
export const pipelineSteps = (clock: Clock): readonly WriteStep[] => [stageStep(clock)];
