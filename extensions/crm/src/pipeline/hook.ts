import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { discountStep } from './discount/discount-step.ts';
import { linesStep } from './orders/lines-step.ts';
import { salesStep } from './orders/sales-step.ts';
import type { PipelinePorts } from './ports.ts';
import { stageConfigStep, stageDeletionStep } from './stages/config-step.ts';
import { expectedCloseStep } from './stages/expected-close-step.ts';
import { keptFieldsStep } from './stages/kept-fields-step.ts';
import { stageStep } from './stages/stage-step.ts';
import { targetsStep } from './targets/targets-step.ts';

/** What this slice says before the guard does. */
export const pipelineFirstSteps: readonly WriteStep[] = [stageDeletionStep];

/** What this slice does with every write of the CRM, in order. */
export const pipelineSteps = (ports: PipelinePorts): readonly WriteStep[] => [
  expectedCloseStep(ports.clock),
  stageStep(ports),
  keptFieldsStep(ports),
  discountStep(),
  salesStep(ports.clock),
  linesStep(),
  stageConfigStep,
  targetsStep,
];
