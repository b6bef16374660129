import { toBusinessDate } from '../kernel/calendar/business-date.ts';
import { COLLECTIONS } from '../kernel/collections.ts';
import type { Clock } from '../platform/api/clock.ts';
import type { Row } from '../platform/api/host.ts';
import type { WriteContext, WriteStep } from '../platform/api/write-pipeline.ts';
import { referenceFaults } from './check-references.ts';
import { refuseFaults } from './refuse-values.ts';
import { faultsBelow, normalise } from './rules/normalise.ts';
import type { ValueFault } from './rules/value-fault.ts';
import { withVerified } from './rules/verified.ts';

/**
 * Reads every value of every write into its one stored form, and refuses what has none (CUS-6, CUS-7, DQ-6). It judges
 * only what was sent and shared reference data, never the stored row: an update filter runs before the permission check,
 * and its answer must be the same for a foreign row and for none.
 */
export function normaliseStep(clock: Clock): WriteStep {
  async function read(payload: Row, context: WriteContext): Promise<Row> {
    const { collection, database, actor } = context;
    const now = clock.now();
    const today = toBusinessDate(now);
    const { row, faults } = normalise(collection, payload, now);
    const references = await referenceFaults(database, collection, row, today);
    refuseFaults([...faults, ...references, ...faultsBelow(collection, payload, now)], actor?.language);
    return withVerified(collection, row, today);
  }

  return {
    name: 'customers/normalise',
    async beforeCreate(payload, context) {
      if (!context.accountability) return;
      const row = withoutComputed(await read(payload, context), context);
      if (context.collection === 'crm_customers') delete row['status'];
      return row;
    },
    async beforeUpdate(payload, keys, context) {
      if (!context.accountability) return;
      const row = withoutComputed(await read(payload, context), context);
      refuseFaults(ownFaults(context.collection, row, keys), context.actor?.language);
      // Whoever takes a customer out of the archive does not say whether it is complete; the server does (Q19).
      if (context.collection === 'crm_customers' && row['status'] === 'active') row['status'] = 'draft';
      return row;
    },
  };
}

/** Collections whose rows stand above each other. */
const TREES = ['crm_customers', 'crm_regions', 'crm_industries'];

function ownFaults(collection: string, row: Row, keys: readonly string[]): ValueFault[] {
  const faults: ValueFault[] = [];
  if (collection === 'crm_customers' && row['status'] === 'merged') faults.push({ collection, field: 'status', reason: 'merged' });
  if (TREES.includes(collection) && typeof row['parent'] === 'string' && keys.includes(row['parent'].toLowerCase()))
    faults.push({ collection, field: 'parent', reason: 'own_parent' });
  return faults;
}

/** Whoever has every field right still does not set what the server computes; for all others the host refuses it. */
function withoutComputed(row: Row, { collection, accountability }: WriteContext): Row {
  if (!accountability?.admin) return row;
  const fields = COLLECTIONS[collection]?.fields ?? {};
  return Object.fromEntries(Object.entries(row).filter(([name]) => !(Object.hasOwn(fields, name) && fields[name]!.computed)));
}
