import { changeLog } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../platform/api/write-pipeline.ts';
import { markedBy, refreshMarks } from './activity-marks.ts';
import { rememberFormerParents } from './former-parents.ts';
import { holdRows } from './hold-rows.ts';
import { keepOneMainContact } from './main-contact.ts';
import { refuseCircle } from './parent-circle.ts';
import { recountCompleteness } from './recount.ts';
import { refuseFaults } from './refuse-values.ts';

const NOTHING = new Set<string>();

/**
 * The authority inside the transaction: what the server computes from the rows (completeness, draft or active, last
 * activity, main contact) is right after every write, and a circle of parents is refused.
 */
export function keepCurrentStep(): WriteStep {
  const former = rememberFormerParents();

  const customersOf = (rows: readonly Row[]) => [
    ...new Set(rows.flatMap((row) => (typeof row['customer'] === 'string' ? [row['customer']] : []))),
  ];

  const settle: Record<string, (change: AfterWrite) => Promise<void>> = {
    async crm_customers(change) {
      if (change.action === 'delete') return;
      await refuseCircle(change);
      await recountCompleteness(change.database, { customers: [change.item] }, { demote: true });
    },
    async crm_contacts(change) {
      const rows = await former.links(change);
      const customers = customersOf(rows);
      await holdRows(change.database, 'crm_customers', customers);
      await keepOneMainContact(change, rows.at(-1));
      await recountFor(change.database, customers);
    },
    async crm_customers_tags(change) {
      const customers = customersOf(await former.links(change));
      await holdRows(change.database, 'crm_customers', customers);
      await refuseSecondTag(change);
      await recountFor(change.database, customers);
    },
    async crm_tags(change) {
      if (change.action !== 'delete') return;
      const customers = customersOf(await former.links(change));
      for (let at = 0; at < customers.length; at += CHUNK) await recountFor(change.database, customers.slice(at, at + CHUNK));
    },
    async crm_activities(change) {
      if (change.action !== 'delete') await signDone(change);
      await refreshMarks(change.database, await markedBy(change.database, await former.links(change)));
    },
    crm_leads: carryMarks,
    crm_opportunities: carryMarks,
    crm_regions: refuseCircle,
    crm_industries: refuseCircle,
    crm_required_sets: recountAll,
    crm_completeness_weights: recountAll,
    crm_contracts: refuseEndBeforeStart,
  };

  /** A lead or an opportunity that moves to another customer takes its activities along. */
  async function carryMarks(change: AfterWrite): Promise<void> {
    const rows = await former.links(change);
    if (new Set(rows.map((row) => row['customer'])).size < 2) return;
    await refreshMarks(change.database, { customers: new Set(customersOf(rows)), leads: NOTHING, opportunities: NOTHING });
  }

  return {
    name: 'customers/keep-current',
    collections: Object.keys(settle),
    beforeUpdate: (payload, keys, context) => former.note(context.collection, keys, context, payload),
    beforeDelete: (keys, context) => former.note(context.collection, keys, context),
    afterWrite: (change) => settle[change.collection]!(change),
  };
}

const CHUNK = 1000;

/** What a contact or a tag makes of its customers; a customer that becomes active or a draft by it has an entry of its own. */
const recountFor = (database: Knex, customers: readonly string[]) =>
  changeLog().around(database, 'crm_customers', customers, () => recountCompleteness(database, { customers }, { demote: true }));

/** A changed rule holds for everybody it concerns at once; see recountCompleteness for why nobody is demoted by it. */
async function recountAll({ database, collection, item, action }: AfterWrite): Promise<void> {
  const row = action === 'delete' ? null : await database(collection).where({ id: item }).first('segment');
  await recountCompleteness(database, action === 'create' ? { segment: row?.segment ?? null } : {});
}

/** A customer bears a tag once. */
async function refuseSecondTag({ database, collection, item, action, actor }: AfterWrite): Promise<void> {
  const row = action === 'delete' ? null : await database(collection).where({ id: item }).first('customer', 'tag');
  const twin = row && (await database(collection).where({ customer: row.customer, tag: row.tag }).whereNot({ id: item }).first('id'));
  if (twin) refuseFaults([{ collection, field: 'tag', reason: 'tag_twice' }], actor?.language);
}

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
