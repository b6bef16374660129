import type { Clock } from '../../platform/api/clock.ts';
import type { WriteStep } from '../../platform/api/write-pipeline.ts';
import { firstStage } from './first-stage.ts';
import { followOutcome, followStage } from './stage-marks.ts';

/** What follows from the stages of opportunities, on every path of a write (SAL-2, SAL-3). */
export const stageStep = (clock: Clock): WriteStep => ({
  name: 'pipeline/stages',
  collections: ['crm_opportunities', 'crm_stages'],
  async beforeCreate(payload, context) {
    if (!context.accountability || context.collection !== 'crm_opportunities' || payload['stage']) return;
    return { ...payload, stage: await firstStage(payload, context) };
  },
  async afterWrite(change) {
    if (change.collection === 'crm_stages') await followOutcome(change, clock);
    else if (change.action !== 'delete') await followStage(change, clock);
  },
});
