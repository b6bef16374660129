import { forbidden } from '../platform/api/refusal.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { EXPORTS } from './export/export-row.ts';
import { IMPORT_ROWS, IMPORTS } from './staging.ts';

/**
 * An import, its staging and its journal are written by the server past the host's services: no API changes what was
 * brought, judged or kept for the undo, the technical administrator's included (N6); nor who took rows out (IMP-5).
 */
export const closedStep: WriteStep = {
  name: 'imports/closed',
  collections: [IMPORTS, IMPORT_ROWS, EXPORTS],
  beforeCreate: (_payload, context) => refuse(context),
  beforeUpdate: (_payload, _keys, context) => refuse(context),
  beforeDelete: (_keys, context) => refuse(context),
  afterWrite: () => {
    throw forbidden();
  },
};

function refuse({ accountability }: WriteContext): void {
  if (accountability) throw forbidden();
}
