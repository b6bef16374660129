import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { peopleStep } from './people-step.ts';
import { placementStep } from './placement-step.ts';
import { settleStep } from './settle-step.ts';

export const segmentSteps: readonly WriteStep[] = [placementStep, settleStep, peopleStep];
