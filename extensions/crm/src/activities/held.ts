import { holdRows, markedBy } from '../customers/index.ts';
import { isUuid } from '../kernel/uuid.ts';
import type { Actor } from '../platform/api/actor.ts';
import type { Knex, Row } from '../platform/api/host.ts';
import { forbidden } from '../platform/api/refusal.ts';
import { mayReach } from '../segments/index.ts';
import type { Assigned } from './rules/answer.ts';

export type ActivityRow = Row &
  Assigned & {
    id: string;
    segment: string;
    type: string;
    subject: string;
    assigned_by: string | null;
    customer: string | null;
    lead: string | null;
    opportunity: string | null;
  };

const ACTIVITIES = 'crm_activities';

/**
 * An activity that the actor may see, held to the end of the transaction: the records that it counts for first, then itself,
 * in the order in which every write takes them. One that is not the actor's to see answers as an absent one (ORG-2).
 */
export async function heldActivity(database: Knex, actor: Actor, id: string): Promise<ActivityRow> {
  const seen: ActivityRow | undefined = isUuid(id) ? await database(ACTIVITIES).where({ id }).first() : undefined;
  if (!seen || !mayReach(actor, seen)) throw forbidden();
  const { customers, leads, opportunities } = await markedBy(database, [seen]);
  await holdRows(database, 'crm_customers', customers);
  await holdRows(database, 'crm_leads', leads);
  await holdRows(database, 'crm_opportunities', opportunities);
  const row: ActivityRow | undefined = await database(ACTIVITIES).where({ id }).forNoKeyUpdate().first();
  if (!row || !mayReach(actor, row)) throw forbidden();
  return row;
}
