import { among } from '../../platform/api/among.ts';
import type { Clock } from '../../platform/api/clock.ts';
import { dayIn } from '../../platform/api/day-in.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay } from '../../platform/api/stored-day.ts';
import type { AfterWrite, WriteStep } from '../../platform/api/write-pipeline.ts';
import { holdRows } from '../../customers/index.ts';
import { writeNotes } from '../../segments/index.ts';
import { fieldRefusal } from '../refuse-field.ts';
import { hasSigned } from './signed.ts';

const CONTRACTS = 'crm_contracts';
const ORDERS = 'crm_orders';
const SALES = [ORDERS, CONTRACTS];
const SIGNED_STATES: readonly unknown[] = ['signed', 'ended'];

/** What was true of an order or a contract just before it was written, and what of it was written. */
interface Before extends Row {
  opportunity: string | null;
  /** Whether its opportunity had something signed. */
  signed: boolean;
  touches: Touches;
}

interface Touches {
  opportunity: boolean;
  status: boolean;
  signed_on: boolean;
}

const touchesOf = (payload: Row): Touches => ({
  opportunity: 'opportunity' in payload,
  status: 'status' in payload,
  signed_on: 'signed_on' in payload,
});

/** Whether a row says that it was signed on a day that has not come. */
export const isFutureSignature = ({ signed_on: day }: Row, today: string): boolean => typeof day === 'string' && day.slice(0, 10) > today;

/** Orders and contracts belong to an opportunity that is not lost, and what won a deal stays signed (SAL-7). */
export function salesStep(clock: Clock): WriteStep {
  const before = writeNotes<Before>();

  async function note(collection: string, keys: readonly string[], database: Knex, payload: Row): Promise<void> {
    const touches = touchesOf(payload);
    const rows: { id: string; opportunity: string | null }[] = await database(collection)
      .whereIn('id', [...keys])
      .select('id', 'opportunity');
    for (const { id, opportunity } of rows)
      before.note(collection, id, { opportunity, signed: opportunity !== null && (await hasSigned(database, opportunity)), touches });
  }

  return {
    name: 'pipeline/sales',
    collections: SALES,
    beforeCreate: (payload, { collection, accountability }) =>
      accountability && collection === CONTRACTS && payload['signed_on'] && payload['status'] === undefined
        ? { ...payload, status: 'signed' }
        : undefined,
    async beforeUpdate(payload, keys, { collection, database }) {
      await note(collection, keys, database, payload);
    },
    beforeDelete: (keys, { collection, database }) => note(collection, keys, database, { opportunity: null }),
    async afterWrite(change) {
      const { collection, item, action } = change;
      const earlier = action === 'create' ? undefined : before.of(collection, item);
      if (action !== 'delete') await judgeSale(change, earlier, clock);
      if (earlier?.opportunity && earlier.signed) await keepSigned(change, earlier.opportunity);
    },
  };
}

/**
 * A sale belongs to business that is going on or won, and a signed contract says since when. One that names no opportunity is put
 * to the customer's only one that may be meant; of several somebody has to choose, and where there is none it is a sale to the
 * customer. What was written long ago is not judged anew.
 */
async function judgeSale(change: AfterWrite, earlier: Before | undefined, clock: Clock): Promise<void> {
  const { database, collection, item, action, actor } = change;
  const row = await database(collection).where({ id: item }).first();
  if (!row) return;
  const isNew = action === 'create';
  await judgeSignature(change, row, isNew ? EVERYTHING : earlier?.touches, clock);
  const isHung = isNew || (earlier?.touches.opportunity && earlier.opportunity !== row.opportunity);
  if (!isHung) return;
  if (!row.opportunity) {
    const [only, ...others] = isNew ? await dealsForSale(database, collection, row.customer) : [];
    if (!isNew || others.length) throw fieldRefusal({ collection, field: 'opportunity', reason: 'opportunity_required' }, actor?.language);
    if (only) await database(collection).where({ id: item }).update({ opportunity: only });
    return;
  }
  if ((await outcomeOf(database, row.opportunity))?.outcome === 'lost')
    throw fieldRefusal({ collection, field: 'opportunity', reason: 'opportunity_lost' }, actor?.language);
}

const EVERYTHING: Touches = { opportunity: true, status: true, signed_on: true };

/** A draft that is given its day of signing is signed, unless the same write says otherwise; and no day of signing lies ahead. */
async function judgeSignature(
  { database, collection, item, actor }: AfterWrite,
  row: Row,
  touches: Touches | undefined,
  clock: Clock,
): Promise<void> {
  const refuse = (reason: 'future_signature' | 'signed_without_day') =>
    fieldRefusal({ collection, field: 'signed_on', reason }, actor?.language);
  const day = fromStoredDay(row['signed_on']);
  if (touches?.signed_on && day && day > (await dayIn(database, row['segment'], clock.now()))) throw refuse('future_signature');
  if ((touches?.signed_on || touches?.status) && !day && SIGNED_STATES.includes(row['status'])) throw refuse('signed_without_day');
  if (collection === CONTRACTS && day && touches?.signed_on && !touches.status && row['status'] === 'draft')
    await database(collection).where({ id: item }).update({ status: 'signed' });
}

/**
 * The opportunities that a sale may be meant for which names none: the open ones, and for an order also those that were won on a
 * contract and still wait for theirs (SAL-7, ADR 0028).
 */
const meantForSale = (database: Knex, collection: string): Knex.QueryBuilder =>
  database('crm_opportunities as o')
    .leftJoin('crm_stages as s', 's.id', 'o.stage')
    .where((meant) => {
      void meant.whereNull('o.closed_on');
      if (collection === ORDERS) void meant.orWhere((won) => void won.where('s.outcome', 'won').whereNotExists(ordersOf));
    })
    .orderBy('o.id');

/** Those of a customer: two are enough to know that somebody has to choose. */
const dealsForSale = (database: Knex, collection: string, customer: string): Promise<string[]> =>
  meantForSale(database, collection).where('o.customer', customer).limit(2).pluck('o.id');

/** Orders of the opportunity `o` that stand. */
const ordersOf = (orders: Knex.QueryBuilder): void =>
  void orders.from('crm_orders as r').whereRaw('r.opportunity = o.id').whereNot('r.status', 'cancelled');

/** An opportunity that an order may belong to. */
export interface Deal {
  id: string;
  /** It is won and waits for its order: the first one that stands is that order. */
  waits: boolean;
}

/** The same for the customers of many orders that come at once, in a table (IMP-1). */
export async function dealsToJoin(database: Knex, customers: readonly string[]): Promise<Map<string, readonly Deal[]>> {
  const found: { id: string; customer: string; closed_on: unknown }[] = await meantForSale(database, ORDERS)
    .andWhere(among(database, 'o.customer', customers))
    .select('o.id', 'o.customer', 'o.closed_on');
  const deals = found.map(({ id, customer, closed_on: closed }) => ({ customer, id, waits: closed !== null }));
  return Map.groupBy(deals, ({ customer }) => customer);
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
