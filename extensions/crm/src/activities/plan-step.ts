import type { WriteStep } from '../platform/api/write-pipeline.ts';
import { fieldRefusal } from './refuse.ts';
import { planFaults } from './rules/plan-faults.ts';

const PLANS = 'crm_follow_up_plans';

/** A plan that could never be kept is refused when it is saved, at its field (SAL-12). */
export const planStep: WriteStep = {
  name: 'activities/plan',
  collections: [PLANS],
  beforeCreate: (payload, { actor }) => {
    for (const fault of planFaults(payload)) throw fieldRefusal(PLANS, fault, fault, actor?.language);
  },
  beforeUpdate: (payload, _keys, { actor }) => {
    for (const fault of planFaults(payload)) throw fieldRefusal(PLANS, fault, fault, actor?.language);
  },
};
