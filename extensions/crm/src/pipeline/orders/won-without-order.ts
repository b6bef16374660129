import { daysBetween, toBusinessDate } from '../../kernel/calendar/business-date.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { fromStoredDay, toStoredDay } from '../../platform/api/stored-day.ts';
import type { WonWithoutOrder } from '../contract.ts';
import { visibleOpportunities } from '../reach.ts';
import type { StagePorts } from '../stages/workflow.ts';

const DAY_MS = 86_400_000;
const daysBefore = (day: string, days: number) => new Date(Date.parse(day) - days * DAY_MS).toISOString().slice(0, 10);

/** Opportunities of the caller that were won on a contract and have no order after the days of their segment (SAL-7). */
export async function wonWithoutOrder(
  { context: { database }, clock }: Pick<StagePorts, 'context' | 'clock'>,
  actor: Actor,
  { limit, offset }: { limit: number; offset: number },
): Promise<WonWithoutOrder> {
  const terms = await termsOf(database, clock.now());
  const listed = () =>
    visibleOpportunities(database, actor)
      .join('crm_stages as s', 's.id', 'o.stage')
      .where('s.outcome', 'won')
      .whereNotExists((orders) => void orders.from('crm_orders as r').whereRaw('r.opportunity = o.id').whereNot('r.status', 'cancelled'))
      .andWhere((late) => {
        for (const [since, segments] of Map.groupBy(terms.values(), ({ wonBefore }) => wonBefore))
          void late.orWhere(
            (one) =>
              void one
                .whereIn(
                  'o.segment',
                  segments.map(({ id }) => id),
                )
                .where('o.closed_on', '<', toStoredDay(database, since)),
          );
      });
  const [counted] = await listed().count({ total: '*' });
  const rows: Row[] = await listed()
    .join('crm_customers as c', 'c.id', 'o.customer')
    .orderBy(['o.closed_on', 'o.id'])
    .limit(limit)
    .offset(offset)
    .select('o.id', 'o.title', 'o.customer', 'c.name', 'o.owner', 'o.segment', 'o.amount', 'o.closed_on');
  return { opportunities: rows.map((row) => viewOf(row, terms.get(String(row['segment']))!)), total: Number(counted?.['total'] ?? 0) };
}

interface Terms {
  id: string;
  /** Days that the segment allows. */
  limit: number;
  /** The day it is there. */
  today: string;
  /** What was won before this day waits too long. */
  wonBefore: string;
}

/** How long an order may take in each segment, counted on the calendar of its own time zone. */
async function termsOf(database: Knex, now: Date): Promise<Map<string, Terms>> {
  const segments: { id: string; order_days: number; timezone: string | null }[] = await database('crm_segments').select(
    ...['id', 'order_days', 'timezone'],
  );
  return new Map(
    segments.map(({ id, order_days: limit, timezone }) => {
      const today = toBusinessDate(now, timezone ?? undefined);
      return [id, { id, limit, today, wonBefore: daysBefore(today, limit) }];
    }),
  );
}

function viewOf(row: Row, { today, limit }: Terms): WonWithoutOrder['opportunities'][number] {
  const { id, title, customer, name, owner, segment, amount } = row as Record<string, string>;
  const closedOn = fromStoredDay(row['closed_on']) ?? today;
  return {
    id: id!,
    title: title!,
    customer: { id: customer!, name: name! },
    owner: owner ?? null,
    segment: segment!,
    amount: amount === null ? null : Number(amount),
    closed_on: closedOn,
    days: daysBetween(closedOn, today),
    limit,
  };
}
