import { changeLog } from '../../platform/api/change-log.ts';
import type { Knex, Row } from '../../platform/api/host.ts';
import { notify } from '../../platform/api/notify.ts';
import { certify, hashOf } from './certificate-data.ts';
import type { Ending } from './give-chunk.ts';
import { RECEIVED } from './locale/texts.ts';
import { HANDOVERS, JOURNAL, sumOf, type HandoverRow } from './record.ts';
import { undoUntil } from './rules/undo-window.ts';

/** A change of the hand-over itself, with an entry of its own in the log. */
export const changeHandover = (database: Knex, id: string, values: Row): Promise<unknown> =>
  changeLog().around(database, HANDOVERS, [id], () => database(HANDOVERS).where({ id }).update(values));

/** Ends a hand-over: what came of it, until when it can be taken back, and the certificate (N5). */
export async function finishGiving({ database, ports, handover, counts }: Ending): Promise<void> {
  const now = ports.clock.now();
  const certificate = await certify(database, handover, counts, now);
  await changeHandover(database, handover.id, {
    ...{ state: 'done', finished_at: now, undo_until: undoUntil(now), moved: sumOf(counts.moved), counts: JSON.stringify(counts) },
    ...{ certificate: JSON.stringify(certificate), certificate_hash: hashOf(certificate) },
  });
  await tellReceivers(database, handover);
}

export async function finishUndo({ database, ports, handover, counts }: Ending): Promise<void> {
  const spared = sumOf(counts.kept);
  await changeHandover(database, handover.id, { state: 'undone', undone_at: ports.clock.now(), spared, counts: JSON.stringify(counts) });
}

async function tellReceivers(database: Knex, handover: HandoverRow): Promise<void> {
  const given: { after: string; rows: unknown }[] = await database(JOURNAL)
    .where({ handover: handover.id, state: 'done', field: 'owner' })
    .whereIn('collection', ['crm_customers', 'crm_leads', 'crm_activities'])
    .groupBy('after')
    .select('after')
    .count({ rows: '*' });
  for (const { after, rows } of given)
    if (after !== handover.user_created) await notify(database, [after], RECEIVED, { count: String(Number(rows)) });
}
