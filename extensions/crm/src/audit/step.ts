import { COLLECTIONS } from '../kernel/collections.ts';
import type { Keys } from '../platform/api/keys.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { closedLog, keysMissing } from './refusals.ts';
import { isLog, LOGGED, type RowLog } from './row-log.ts';

const LOGS = Object.keys(COLLECTIONS).filter(isLog);

/**
 * The entry of every write of the host, inside its transaction: a throw undoes the write, a rollback takes the entry along.
 * Goes last, so that what the other steps made of the row stands in it.
 *
 * @param isServing whether writes without anybody's rights are logged too; see unaccounted.ts.
 */
export function auditStep(rows: RowLog, isServing: () => boolean): WriteStep {
  const isNoted = ({ accountability }: WriteContext) => accountability !== null || isServing();
  return {
    name: 'audit',
    collections: LOGGED,
    async beforeUpdate(_payload, keys, context) {
      if (isNoted(context)) await rows.note(keys, context);
    },
    async beforeDelete(keys, context) {
      if (isNoted(context)) await rows.noteDeletion(keys, context);
    },
    afterWrite: ({ collection, item, action, database, schema }) => rows.log(item, action, { collection, database, schema }),
  };
}

/** Nobody writes the log through the host, the technical administrator included; internal work has no accountability. */
export const closedLogStep: WriteStep = {
  name: 'audit/closed-log',
  collections: LOGS,
  beforeCreate: (_payload, context) => refuse(context),
  beforeUpdate: (_payload, _keys, context) => refuse(context),
  beforeDelete: (_keys, context) => refuse(context),
  afterWrite: ({ actor }) => {
    throw closedLog(actor?.language);
  },
};

/**
 * Nobody gets or loses a role while it cannot be written down who gave it. The other rights are refused where their entry is
 * made; of people most may change without keys: a log-in, a new password, somebody who is suspended at once.
 */
export function roleNeedsKeys(keys: Keys): WriteStep {
  const check = (changesRole: boolean, { accountability, actor }: WriteContext): void => {
    if (accountability && changesRole && !keys.ring().accepted) throw keysMissing(actor?.language);
  };
  return {
    name: 'audit/role-needs-keys',
    collections: ['directus_users'],
    beforeCreate: (payload, context) => check((payload['role'] ?? null) !== null, context),
    beforeUpdate: (payload, _keys, context) => check('role' in payload, context),
  };
}

function refuse({ accountability, actor }: WriteContext): void {
  if (accountability) throw closedLog(actor?.language);
}
