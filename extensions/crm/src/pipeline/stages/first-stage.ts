import type { Knex, Row } from '../../platform/api/host.ts';
import type { WriteContext } from '../../platform/api/write-pipeline.ts';

/** A new opportunity begins at the first open stage: the segment's own where it has any, else the group's (SAL-2). */
export async function firstStage(payload: Row, { database, actor }: WriteContext): Promise<string | null> {
  const segment = typeof payload['segment'] === 'string' ? payload['segment'] : (actor?.homeSegment ?? null);
  const own = segment ? await firstOpenStage(database, segment) : null;
  return own ?? firstOpenStage(database, null);
}

async function firstOpenStage(database: Knex, segment: string | null): Promise<string | null> {
  const stage = await database('crm_stages').where({ segment, active: true, outcome: 'open' }).orderBy(['sort', 'id']).first('id');
  return stage?.id ?? null;
}
