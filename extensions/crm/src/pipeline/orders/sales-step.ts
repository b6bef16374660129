import { toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Language } from '../../platform/api/actor.ts';
import type { Clock } from '../../platform/api/clock.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { holdRows } from '../../customers/index.ts';
import { writeNotes } from '../../segments/index.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { hasSigned } from './signed.ts';

const SALES = ['crm_orders', 'crm_contracts'];
const SIGNED_STATES: readonly unknown[] = ['signed', 'ended'];

/** What was true of an order or a contract just before it was written, and what of it was written. */
interface Before extends Row {
  opportunity: string | null;
  /** Whether its opportunity had something signed. */
  signed: boolean;
  touches: { opportunity: boolean; signature: boolean };
}

/** Orders and contracts belong to business that is not lost, and what won a deal stays signed (SAL-7). */
export function salesStep(clock: Clock): WriteStep {
  const before = writeNotes<Before>();

  async function note(collection: string, keys: readonly string[], database: Knex, payload: Row): Promise<void> {
    const touches = { opportunity: 'opportunity' in payload, signature: 'status' in payload || 'signed_on' in payload };
    const rows: { id: string; opportunity: string | null }[] = await database(collection)
      .whereIn('id', [...keys])
      .select('id', 'opportunity');
    for (const { id, opportunity } of rows)
      before.note(collection, id, { opportunity, signed: opportunity !== null && (await hasSigned(database, opportunity)), touches });
  }

  function refuseFuture(collection: string, { signed_on: day }: Row, language: Language | undefined): void {
    if (typeof day === 'string' && day.slice(0, 10) > toBusinessDate(clock.now()))
      throw fieldRefusal({ collection, field: 'signed_on', reason: 'future_signature' }, language);
  }

  return {
    name: 'pipeline/sales',
    collections: SALES,
    beforeCreate: (payload, { collection, accountability, actor }) => {
      if (accountability) refuseFuture(collection, payload, actor?.language);
    },
    async beforeUpdate(payload, keys, { collection, database, actor }) {
      refuseFuture(collection, payload, actor?.language);
      await note(collection, keys, database, payload);
    },
    beforeDelete: (keys, { collection, database }) => note(collection, keys, database, { opportunity: null }),
    async afterWrite(change) {
      const { collection, item, action } = change;
      const earlier = action === 'create' ? undefined : before.of(collection, item);
      if (action !== 'delete') await judgeSale(change, earlier);
      if (earlier?.opportunity && earlier.signed) await keepSigned(change, earlier.opportunity);
    },
  };
}

/** A sale of lost business is none, and a signed contract says since when. What was written long ago is not judged anew. */
async function judgeSale({ database, collection, item, action, actor }: AfterWrite, earlier: Before | undefined): Promise<void> {
  const row = await database(collection).where({ id: item }).first();
  if (!row) return;
  const isNew = action === 'create';
  if ((isNew || earlier?.touches.signature) && SIGNED_STATES.includes(row.status) && row.signed_on === null)
    throw fieldRefusal({ collection, field: 'signed_on', reason: 'signed_without_day' }, actor?.language);
  if (!row.opportunity || !(isNew || (earlier?.touches.opportunity && earlier.opportunity !== row.opportunity))) return;
  if ((await outcomeOf(database, row.opportunity))?.outcome === 'lost')
    throw fieldRefusal({ collection, field: 'opportunity', reason: 'opportunity_lost' }, actor?.language);
}

/** Deals that are won on something signed at this moment, of those that these orders or contracts belong to. */
export async function signedDeals(database: Knex, rows: readonly Row[]): Promise<string[]> {
  const deals = [...new Set(rows.flatMap(({ opportunity }) => (typeof opportunity === 'string' ? [opportunity] : [])))].sort();
  const signed: string[] = [];
  for (const deal of deals) if (await hasSigned(database, deal, { pending: true })) signed.push(deal);
  return signed;
}

/** The same for rows that a table, or its undo, has written over: what won these deals stays signed (SAL-7). */
export async function keepDealsSigned(
  work: Pick<AfterWrite, 'database' | 'collection' | 'actor'>,
  deals: readonly string[],
): Promise<void> {
  for (const deal of deals) await keepSigned(work, deal, { pending: true });
}

/** The deal was won on it: while it is won, something signed stays. Held, so that of two such writes the later one sees the earlier. */
async function keepSigned(
  { database, collection, actor }: Pick<AfterWrite, 'database' | 'collection' | 'actor'>,
  opportunity: string,
  which: { pending?: boolean } = {},
): Promise<void> {
  await holdRows(database, 'crm_opportunities', [opportunity]);
  const deal = await outcomeOf(database, opportunity);
  if (deal?.outcome === 'won' && !(await hasSigned(database, opportunity, which)))
    throw fieldRefusal({ collection, field: 'signed_on', reason: 'last_signature', values: { title: deal.title } }, actor?.language);
}

const outcomeOf = (database: Knex, opportunity: string): Promise<{ outcome: string; title: string } | undefined> =>
  database('crm_opportunities as o')
    .join('crm_stages as s', 's.id', 'o.stage')
    .where('o.id', opportunity)
    .first('s.outcome', 'o.title') as never;
