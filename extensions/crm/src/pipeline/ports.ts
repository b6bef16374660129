import type { Language } from '../platform/api/actor.ts';
import type { Clock } from '../platform/api/clock.ts';

/** What this slice is handed by the composition root. */
export interface PipelinePorts {
  clock: Clock;
  /** What people call a field: refusals name it as the form does. */
  label(collection: string, field: string, language: Language): string;
  /** What a stage is called: the shipped ones have names in both languages. */
  stageName(stored: string, language: Language): string;
}

/** The words that a refusal is made of. */
export type StageWords = Pick<PipelinePorts, 'label' | 'stageName'>;
