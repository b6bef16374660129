import type { PipelinePorts } from '../pipeline/ports.ts';
import { systemClock } from '../platform/api/clock.ts';
import { fieldLabel } from './field-labels.ts';

export const pipelinePorts: PipelinePorts = { clock: systemClock, label: fieldLabel };
