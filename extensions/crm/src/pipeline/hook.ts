import type { WriteStep } from '../platform/api/write-pipeline.ts';
import type { PipelinePorts } from './ports.ts';
import { stageStep } from './stages/stage-step.ts';

/** What this slice does with every write of the CRM, in order. */
export const pipelineSteps = (ports: PipelinePorts): readonly WriteStep[] => [stageStep(ports)];
