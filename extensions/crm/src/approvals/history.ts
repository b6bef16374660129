import { randomUUID } from 'node:crypto';
import type { Rows } from '../kernel/rows.ts';
import { changeLog } from '../platform/api/change-log.ts';
import type { Knex } from '../platform/api/host.ts';
import type { ApprovalRow } from './kinds.ts';

type Entry = Rows['crm_approval_decisions'];

interface Said {
  decision: Entry['decision'];
  at: Date;
  by: string | null;
  actingFor?: string | null;
  comment?: string | null;
}

/** Writes into the history of a request what was said about it, in the transaction of the change itself (APR-1). */
export async function note(
  database: Knex,
  approval: Pick<ApprovalRow, 'id' | 'step' | 'segment' | 'owner'>,
  { decision, at, by, actingFor, comment }: Said,
): Promise<void> {
  const id = randomUUID();
  const { segment, owner, step } = approval;
  await database('crm_approval_decisions').insert({
    ...{ id, approval: approval.id, decision, at, by, acting_for: actingFor ?? null, step, comment: comment ?? null },
    ...{ segment, owner },
  });
  await changeLog().created(database, 'crm_approval_decisions', [id]);
}
