import type { Row } from '../platform/api/host.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { refuseFields, type FieldFault } from './refuse.ts';

const LIMITS = ['reveal_notice_at', 'reveal_stop_at'] as const;

/** A segment sets its marks for looks (Q11); with a stop at nothing its people could not work, and would not know why. */
export const limitsStep: WriteStep = {
  name: 'privacy/limits',
  collections: ['crm_segments'],
  beforeCreate: (payload, context) => judge(payload, context),
  beforeUpdate: (payload, _keys, context) => judge(payload, context),
};

function judge(payload: Row, { collection, actor }: WriteContext): void {
  const faults = LIMITS.filter((field) => isTooLow(payload[field])).map((field): FieldFault => ({
    collection,
    field,
    reason: 'limit_too_low',
  }));
  refuseFields(faults, actor?.language);
}

const isTooLow = (value: unknown): boolean => value !== undefined && value !== null && !(Number(value) >= 1);
