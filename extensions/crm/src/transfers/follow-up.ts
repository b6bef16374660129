import { updateLogged } from '../platform/api/change-log.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import type { AfterWrite, WriteStep } from '../platform/api/write-pipeline.ts';
import { CUSTOMERS, TRANSFERS } from './transfer-row.ts';

/** Whose activity it is: the customer's, directly or by a lead or an opportunity. */
async function customerOf(database: Knex, activity: Row): Promise<{ id: string; owner: string } | undefined> {
  const { customer, lead, opportunity } = activity;
  const above = opportunity ? ['crm_opportunities', opportunity] : lead ? ['crm_leads', lead] : null;
  const id =
    customer ??
    (above &&
      (
        await database(above[0] as string)
          .where({ id: above[1] })
          .first('customer')
      )?.customer);
  return id ? database(CUSTOMERS).where({ id }).first('id', 'owner') : undefined;
}

async function noteFirst({ database, item, action }: Pick<AfterWrite, 'database' | 'item' | 'action'>): Promise<void> {
  if (action === 'delete') return;
  const activity: Row | undefined = await database('crm_activities').where({ id: item }).first();
  if (!activity?.['done_at'] || !activity['done_by']) return;
  const customer = await customerOf(database, activity);
  if (customer?.owner !== activity['done_by']) return;
  const waiting: { id: string; executed_at: Date | number | string }[] = await database(TRANSFERS)
    .where({ customer: customer.id, state: 'executed' })
    .select('id', 'executed_at');
  const doneAt = new Date(activity['done_at'] as Date).getTime();
  const followed = waiting.filter(({ executed_at }) => new Date(executed_at).getTime() <= doneAt + SAME_MOMENT_MS).map(({ id }) => id);
  if (!followed.length) return;
  await updateLogged(database, TRANSFERS, (rows) => rows.whereIn('id', followed).where({ state: 'executed' }), {
    state: 'followed',
    first_activity_at: new Date(doneAt),
  });
}

/** Forms write moments without their fractions. */
const SAME_MOMENT_MS = 60_000;

/** The same for activities that a table has brought, many at once: those of customers that wait for nobody cost nothing (IMP-4). */
export async function noteFollowUps(database: Knex, activities: readonly string[]): Promise<void> {
  const done: Row[] = await database('crm_activities')
    .whereIn('id', [...activities])
    .whereNotNull('done_at')
    .orderBy('done_at')
    .select('id', 'customer', 'lead', 'opportunity');
  const customers = done.flatMap(({ customer }) => (typeof customer === 'string' ? [customer] : []));
  const waiting = new Set<unknown>(await database(TRANSFERS).where({ state: 'executed' }).whereIn('customer', customers).pluck('customer'));
  for (const { id, customer, lead, opportunity } of done)
    if (customer ? waiting.has(customer) : (lead ?? opportunity)) await noteFirst({ database, item: String(id), action: 'update' });
}

/** A transfer is through when the new owner has done something with the customer (ORG-3: it follows through to completion). */
export const followUpStep: WriteStep = { name: 'transfers/follow-up', collections: ['crm_activities'], afterWrite: noteFirst };
