import { STAGE_NAMES } from '../../../../schema-snapshots/choices.ts';
import type { PipelinePorts } from '../pipeline/ports.ts';
import { systemClock } from '../platform/api/clock.ts';
import { fieldLabel } from './field-labels.ts';

const NAMES = new Map(STAGE_NAMES.map(({ value, text }) => [value, text]));

export const pipelinePorts: PipelinePorts = {
  clock: systemClock,
  label: fieldLabel,
  stageName: (stored, language) => NAMES.get(stored)?.[language === 'en-US' ? 'en' : 'zh'] ?? stored,
};
