import { forbidden } from '../platform/api/refusal.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { SUBJECT_KEYS } from './subject-key.ts';

/** Where the server keeps the log of looks; contract.md. */
export const REVEALS = 'crm_reveals';

/**
 * Keys of subjects and the log of looks are the server's alone: nobody writes or deletes them by any API, the technical
 * administrator included (SEC-5). Our own code writes them past the host's services.
 */
export const closedStep: WriteStep = {
  name: 'privacy/closed',
  collections: [SUBJECT_KEYS, REVEALS],
  beforeCreate: (_payload, context) => refuse(context),
  beforeUpdate: (_payload, _keys, context) => refuse(context),
  beforeDelete: (_keys, context) => refuse(context),
  // Ours are written past the host, so what it tells of here came by an operation without events.
  afterWrite: () => {
    throw forbidden();
  },
};

function refuse({ accountability }: WriteContext): void {
  if (accountability) throw forbidden();
}
