import type { Rows } from '../../kernel/rows.ts';
import type { Actor } from '../../platform/api/actor.ts';
import type { Knex } from '../../platform/api/host.ts';
import { forbidden } from '../../platform/api/refusal.ts';
import { mayReach } from '../../segments/index.ts';
import type { DISPUTED, RuleRequest } from '../contract.ts';
import { mayJudge } from '../rules/ruling.ts';
import { DISPUTES } from '../transfer-row.ts';

export type DisputeRow = Rows['crm_disputes'];
export type Disputed = (typeof DISPUTED)[number];

/** States in which it is not settled. */
export const DISPUTE_OPEN: readonly string[] = ['open', 'referred'];

/** What a dispute is about, as it stands. */
export interface DisputedRecord {
  collection: Disputed;
  id: string;
  segment: string;
  owner: string | null;
  customer: string | null;
  name: string | null;
}

/** An upheld claim that is to be carried out. */
export interface Giving {
  dispute: DisputeRow;
  record: DisputedRecord;
  body: RuleRequest;
}

const NAME: Readonly<Record<Disputed, string>> = { crm_customers: 'name', crm_leads: 'title', crm_opportunities: 'title' };

/** A dispute for whoever judges it; to everybody else it looks like none. */
export async function requireJudged(database: Knex, judge: Actor, id: string): Promise<DisputeRow> {
  const row: DisputeRow | undefined = await database(DISPUTES).where({ id }).first();
  if (!row || !mayJudge(judge, row)) throw forbidden();
  return row;
}

/** The record that the judge names, if the judge reaches it; a foreign one looks like none (ORG-2). */
export async function requireRecord(database: Knex, judge: Actor, collection: Disputed, id: string): Promise<DisputedRecord> {
  const row = await database(collection).where({ id }).first();
  if (!row || !mayReach(judge, row)) throw forbidden();
  return {
    ...{ collection, id, segment: row.segment, owner: row.owner ?? null, name: row[NAME[collection]] ?? null },
    customer: collection === 'crm_customers' ? id : (row.customer ?? null),
  };
}
