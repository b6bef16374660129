import { readJson } from '../../kernel/text/read-json.ts';
import type { Knex, Row } from '../../platform/api/host.ts';

/** A move is taken back within seconds: what it took away stands among the last changes. */
const MOST = 20;

/** How an opportunity had ended before it was opened again. */
export interface End {
  closedOn: string;
  lostReason: string | null;
}

/** What the reopening of an opportunity took away, as the log says; null where it says nothing of that. */
export async function endBefore(database: Knex, opportunity: string): Promise<End | null> {
  const entries: { before: unknown; after: unknown }[] = await database('crm_audit')
    .where({ collection: 'crm_opportunities', item: opportunity, action: 'update' })
    .orderBy('nth', 'desc')
    .limit(MOST)
    .select('before', 'after');
  for (const { before, after } of entries) {
    const [was, is] = [imageOf(before), imageOf(after)];
    if (!('closed_on' in was) && !('closed_on' in is)) continue;
    const closedOn = was['closed_on'];
    if (typeof closedOn !== 'string' || is['closed_on']) return null;
    const reason = was['lost_reason'];
    return { closedOn: closedOn.slice(0, 'YYYY-MM-DD'.length), lostReason: typeof reason === 'string' ? reason : null };
  }
  return null;
}

function imageOf(image: unknown): Row {
  const read = readJson(image);
  return typeof read === 'object' && read !== null ? (read as Row) : {};
}
