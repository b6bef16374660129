import type { Knex, Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../platform/api/write-pipeline.ts';
import { markedBy, refreshMarks } from './activity-marks.ts';
import { FOLLOWED, rememberFormerParents } from './former-parents.ts';
import { recountCompleteness } from './recount.ts';
import { refuseFaults } from './refuse-values.ts';

/**
 * The authority inside the transaction: what the server computes from the rows (completeness, draft or active, last
 * activity, main contact) is right after every write, and a circle of parent organisations is refused.
 */
export function keepCurrentStep(): WriteStep {
  const former = rememberFormerParents();

  /** Where the row hangs now, and where it hung before this write. */
  async function links({ database, collection, item, action }: AfterWrite): Promise<Row[]> {
    const before = former.take(collection, item);
    const now: Row | null = action === 'delete' ? null : await database(collection).where({ id: item }).first();
    return [before, now].filter((row) => row !== null && row !== undefined);
  }

  const customersOf = (rows: readonly Row[]) => rows.flatMap((row) => (typeof row['customer'] === 'string' ? [row['customer']] : []));

  const settle: Record<string, (change: AfterWrite) => Promise<void>> = {
    async crm_customers(change) {
      if (change.action === 'delete') return;
      await refuseCircle(change);
      await recountCompleteness(change.database, { customers: [change.item] }, { demote: true });
    },
    async crm_contacts(change) {
      const rows = await links(change);
      await keepOneMainContact(change, rows.at(-1));
      await recountCompleteness(change.database, { customers: customersOf(rows) }, { demote: true });
    },
    async crm_customers_tags(change) {
      await recountCompleteness(change.database, { customers: customersOf(await links(change)) }, { demote: true });
    },
    async crm_activities(change) {
      if (change.action !== 'delete') await signDone(change);
      for (const row of await links(change)) await refreshMarks(change.database, await markedBy(change.database, row));
    },
    crm_leads: carryMarks,
    crm_opportunities: carryMarks,
    crm_required_sets: recountAll,
    crm_completeness_weights: recountAll,
    crm_contracts: refuseEndBeforeStart,
  };

  async function carryMarks(change: AfterWrite): Promise<void> {
    const rows = await links(change);
    if (rows.length < 2 || rows[0]!['customer'] === rows[1]!['customer']) return;
    await refreshMarks(change.database, { customers: new Set(customersOf(rows)), leads: new Set(), opportunities: new Set() });
  }

  return {
    name: 'customers/keep-current',
    collections: Object.keys(settle),
    beforeUpdate: (payload, keys, context) => former.note(context.collection, keys, context, payload),
    beforeDelete: (keys, context) => (FOLLOWED.includes(context.collection) ? former.note(context.collection, keys, context) : undefined),
    afterWrite: (change) => settle[change.collection]!(change),
  };
}

/** A changed rule holds for everybody it concerns at once; see recountCompleteness for why nobody is demoted by it. */
async function recountAll({ database, collection, item, action }: AfterWrite): Promise<void> {
  const row = action === 'delete' ? null : await database(collection).where({ id: item }).first('segment');
  await recountCompleteness(database, action === 'create' ? { segment: row?.segment ?? null } : {});
}

/** Walks up from the customer; finding it again means a circle. */
async function refuseCircle({ database, item, actor }: AfterWrite): Promise<void> {
  const above = await database
    .withRecursive('above', ['id', 'depth'], (query) => {
      void query
        .select('parent', database.raw('1'))
        .from('crm_customers')
        .where({ id: item })
        .whereNotNull('parent')
        .unionAll((next) => {
          void next
            .select('c.parent', database.raw('above.depth + 1'))
            .from({ c: 'crm_customers' })
            .join('above', 'above.id', 'c.id')
            .whereNotNull('c.parent')
            .where('above.depth', '<', DEEPEST);
        });
    })
    .from('above')
    .where({ id: item })
    .first('id');
  if (above) refuseFaults([{ collection: 'crm_customers', field: 'parent', reason: 'parent_cycle' }], actor?.language);
}

const DEEPEST = 64;

/** A customer has one main contact at most; the latest choice counts. */
async function keepOneMainContact({ database, item, action }: AfterWrite, contact: Row | undefined): Promise<void> {
  if (action === 'delete' || !contact?.['is_primary']) return;
  await clearMain(database, contact['customer'] as string, item);
}

const clearMain = (database: Knex, customer: string, except: string) =>
  database('crm_contacts').where({ customer, is_primary: true }).whereNot({ id: except }).update({ is_primary: false });

/** `done_by` is whoever said that it is done. */
async function signDone({ database, item, actor }: AfterWrite): Promise<void> {
  await database('crm_activities')
    .where({ id: item })
    .whereNotNull('done_at')
    .whereNull('done_by')
    .update({ done_by: actor?.user ?? null });
  await database('crm_activities').where({ id: item }).whereNull('done_at').whereNotNull('done_by').update({ done_by: null });
}

async function refuseEndBeforeStart({ database, item, actor }: AfterWrite): Promise<void> {
  const wrong = await database('crm_contracts').where({ id: item }).whereRaw('ends_on < starts_on').first('id');
  if (wrong) refuseFaults([{ collection: 'crm_contracts', field: 'ends_on', reason: 'ends_before_start' }], actor?.language);
}
