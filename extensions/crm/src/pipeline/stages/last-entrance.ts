import type { Knex } from '../../platform/api/host.ts';

interface Entrance {
  from_stage: string | null;
  changed_at: unknown;
}

/** How an opportunity came into a stage the last time; a move that was taken back only returned it there. */
export const lastEntrance = (database: Knex, opportunity: string, stage: string): Promise<Entrance | undefined> =>
  database('crm_stage_changes')
    .where({ opportunity, to_stage: stage })
    .whereNot({ kind: 'reversal' })
    .orderBy('changed_at', 'desc')
    .first('from_stage', 'changed_at') as never;
