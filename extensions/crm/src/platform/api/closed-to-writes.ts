import { forbidden } from './refusal.ts';
import type { WriteContext, WriteStep } from './write-pipeline.ts';

/**
 * Closes collections that the server alone writes, past the host's services: nobody changes their rows by any API, the technical
 * administrator included. What the host tells of after a write here came by an operation without events.
 */
export const closedToWrites = (name: string, collections: readonly string[]): WriteStep => ({
  name,
  collections,
  beforeCreate: (_payload, context) => refuse(context),
  beforeUpdate: (_payload, _keys, context) => refuse(context),
  beforeDelete: (_keys, context) => refuse(context),
  afterWrite: () => {
    throw forbidden();
  },
});

function refuse({ accountability }: WriteContext): void {
  if (accountability) throw forbidden();
}
