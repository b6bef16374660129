import { randomUUID } from 'node:crypto';
import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex } from '../../platform/api/host.ts';
import type { Move } from './move.ts';

const CHUNK = 200;

/**
 * Opportunities that stood in a stage of their former segment stand in one of the new segment now. Their history begins anew
 * with it: what it said of the former stages is gone, and the next move is judged from its last entry (SAL-3).
 *
 * @param stages the stage in which each of them stands now.
 */
export async function beginAnew(database: Knex, { to, by, at }: Move, stages: ReadonlyMap<string, string>): Promise<void> {
  const entries = [...stages].map(([opportunity, stage]) => ({
    ...{ id: randomUUID(), opportunity, from_stage: null, to_stage: stage, kind: 'created', changed_at: at, changed_by: by },
    ...to,
  }));
  if (!entries.length) return;
  await database.batchInsert('crm_stage_changes', entries, CHUNK);
  await changeLog().created(
    database,
    'crm_stage_changes',
    entries.map(({ id }) => id),
  );
}
