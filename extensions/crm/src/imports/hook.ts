import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { closedStep } from './closed-step.ts';

/** What this slice does with every write of the CRM. */
export const importSteps: readonly WriteStep[] = [closedStep];
