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

async function noteFirst({ database, item, action }: AfterWrite): Promise<void> {
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

/** A transfer is through when the new owner has done something with the customer (ORG-3: it follows through to completion). */
export const followUpStep: WriteStep = { name: 'transfers/follow-up', collections: ['crm_activities'], afterWrite: noteFirst };
